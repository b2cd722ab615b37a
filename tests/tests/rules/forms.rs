//! Forms and `deepObject` queries: how nested values and lists are written.

use super::{Built, refusal, request};
use serde::Serialize;
use serde_json::{Value, json};
use std::{borrow::Cow, collections::BTreeMap};

/// The decoded form of a request that must be built.
fn form(built: &Built) -> String {
    let request = built.as_ref().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
    decoded(str::from_utf8(request.body()).unwrap())
}

/// The decoded query of a request that must be built.
fn query(built: &Built) -> String {
    decoded(&super::query(built))
}

/// Brackets are always encoded. Without the encoding the expected texts are easier to read.
fn decoded(text: &str) -> String {
    assert!(!text.contains(['[', ']', '{', '}', '"', ' ']), "{text}");
    stackone_tests::compare::decode(text).unwrap()
}

/// A form and a query with each form of lists: none, `repeat`, `brackets`, `indices`.
macro_rules! each_form_of_lists {
    ($value:expr) => {{
        let value: Value = $value;
        let inside = json!({"k": value});
        let forms = [
            request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded", style = "deepObject")]
                v: Value = inside.clone()),
            request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded", style = "deepObject", lists = "repeat")]
                v: Value = inside.clone()),
            request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded", style = "deepObject", lists = "brackets")]
                v: Value = inside.clone()),
            request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded", style = "deepObject", lists = "indices")]
                v: Value = inside),
        ]
        .map(|built| form(&built));
        if value.is_object() {
            let queries = [
                request!("GET" "/", #[query("k", style = "deepObject")] v: Value = value.clone()),
                request!("GET" "/", #[query("k", style = "deepObject", lists = "repeat")] v: Value = value.clone()),
                request!("GET" "/", #[query("k", style = "deepObject", lists = "brackets")] v: Value = value.clone()),
                request!("GET" "/", #[query("k", style = "deepObject", lists = "indices")] v: Value = value),
            ]
            .map(|built| query(&built));
            assert_eq!(queries, forms);
        }
        let [default, repeat, brackets, indices] = forms;
        assert_eq!(default, repeat);
        [repeat, brackets, indices]
    }};
}

#[test]
fn objects_nest_to_any_depth() {
    let sent = each_form_of_lists!(json!({"a": {"b": {"c d": "x&y"}}, "e": true}));
    assert_eq!(sent, ["k[a][b][c d]=x&y&k[e]=true"; 3]);
}

#[test]
fn a_list_repeats_its_key_or_has_brackets_or_indices() {
    assert_eq!(
        each_form_of_lists!(json!({"a": [1, "x"]})),
        ["k[a]=1&k[a]=x", "k[a][]=1&k[a][]=x", "k[a][0]=1&k[a][1]=x"]
    );
    assert_eq!(each_form_of_lists!(json!([1, "x"])), ["k=1&k=x", "k[]=1&k[]=x", "k[0]=1&k[1]=x"]);
}

/// Only indices say which fields belong to the same item.
#[test]
fn an_object_in_a_list_has_keys_with_indices_and_is_json_otherwise() {
    assert_eq!(
        each_form_of_lists!(json!([{"price": "p", "tags": [1]}, {"price": "q"}])),
        [
            r#"k={"price":"p","tags":[1]}&k={"price":"q"}"#,
            r#"k[]={"price":"p","tags":[1]}&k[]={"price":"q"}"#,
            "k[0][price]=p&k[0][tags][0]=1&k[1][price]=q",
        ]
    );
}

#[test]
fn a_list_in_a_list_has_two_indices_and_is_json_otherwise() {
    assert_eq!(
        each_form_of_lists!(json!({"m": [[1, 2], [3]]})),
        ["k[m]=[1,2]&k[m]=[3]", "k[m][]=[1,2]&k[m][]=[3]", "k[m][0][0]=1&k[m][0][1]=2&k[m][1][0]=3",]
    );
}

/// Null, and empty lists and objects, are not sent. The indices have no gap, which servers read in different ways.
#[test]
fn what_is_empty_is_left_out() {
    for empty in [json!(null), json!({}), json!([]), json!({"a": null, "b": []}), json!([null])] {
        assert_eq!(each_form_of_lists!(empty), [""; 3]);
    }
    assert_eq!(
        each_form_of_lists!(json!({"a": [null, 1, null, 2], "b": ""})),
        ["k[a]=1&k[a]=2&k[b]=", "k[a][]=1&k[a][]=2&k[b]=", "k[a][0]=1&k[a][1]=2&k[b]=",]
    );
    let [_, _, indices] = each_form_of_lists!(json!([{"x": null}, [], {"x": 1}]));
    assert_eq!(indices, "k[0][x]=1");
}

/// A key after a nested value is at its own level again.
#[test]
fn a_nested_value_does_not_change_later_keys() {
    assert_eq!(
        each_form_of_lists!(json!({"a": {"b": [1]}, "c": [2], "d": {"e": 3}, "f": 4})),
        [
            "k[a][b]=1&k[c]=2&k[d][e]=3&k[f]=4",
            "k[a][b][]=1&k[c][]=2&k[d][e]=3&k[f]=4",
            "k[a][b][0]=1&k[c][0]=2&k[d][e]=3&k[f]=4",
        ]
    );
}

#[derive(Serialize)]
struct Subscription {
    customer: &'static str,
    metadata: BTreeMap<&'static str, u32>,
    items: Vec<Item>,
    expand: [&'static str; 2],
    coupon: Option<&'static str>,
}

#[derive(Serialize)]
struct Item {
    price: &'static str,
}

#[test]
fn a_struct_is_a_form_as_stripe_reads_it() {
    let subscription = Subscription {
        customer: "cus_1",
        metadata: BTreeMap::from([("order", 1)]),
        items: vec![Item { price: "p" }, Item { price: "q" }],
        expand: ["customer", "plan"],
        coupon: None,
    };
    let built = request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded", style = "deepObject", lists = "indices")]
        body: Subscription = subscription);
    assert_eq!(
        form(&built),
        "customer=cus_1&metadata[order]=1&items[0][price]=p&items[1][price]=q&expand[0]=customer&expand[1]=plan"
    );
}

#[test]
fn a_form_in_the_style_form_is_the_default() {
    let value = || json!({"a": [1, 2], "b": {"c": 3}});
    let built = request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded", style = "form")] v: Value = value());
    assert_eq!(form(&built), r#"a=1&a=2&b={"c":3}"#);
}

#[test]
fn a_text_is_a_form_that_is_sent_unchanged() {
    const TEXT: &str = "a=1&a=2&b=x+y&&%zz";
    struct Displayed;
    impl Serialize for Displayed {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(&format_args!("{TEXT}"))
        }
    }
    for built in [
        request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded")] v: String = TEXT),
        request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded")] v: &'static str = TEXT),
        request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded")] v: Cow<'static, str> = TEXT),
        request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded")] v: Value = TEXT),
        request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded")] v: Displayed = Displayed),
        request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded", style = "deepObject")] v: String = TEXT),
        request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded")] v: Option<String> = Some(TEXT.to_owned())),
    ] {
        assert_eq!(built.unwrap().body(), TEXT);
    }
    let empty = request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded")] v: String = "");
    assert_eq!(form(&empty), "");
}

#[test]
fn a_form_without_keys_is_refused() {
    let refusals = [
        request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded", style = "deepObject")] v: u8 = 1),
        request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded", style = "deepObject")] v: Vec<u8> = [1]),
        request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded")] v: Vec<u8> = [1]),
    ]
    .map(refusal);
    for refusal in refusals {
        assert!(refusal.contains("`v`") && refusal.contains("no keys that can become parameters"), "{refusal}");
    }
    let list = request!("GET" "/", #[query(style = "deepObject", lists = "indices")] v: Vec<u8> = [1]);
    assert!(refusal(list).contains("can only write objects"));
}

/// The place is that in the value, not that in the form.
#[test]
fn an_error_in_a_list_has_the_index_of_the_item() {
    let value = || BTreeMap::from([("a", [None, Some(f64::NAN)])]);
    let built = request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded", style = "deepObject", lists = "indices")]
        v: BTreeMap<&'static str, [Option<f64>; 2]> = value());
    assert!(refusal(built).contains("at `.a[1]`"));
}

#[test]
fn the_metadata_has_the_style_and_the_lists() {
    use stackone::{
        Operation,
        operation::{Lists, Style},
    };
    #[stackone::stackone_operation(method = "POST", path = "/")]
    struct Request {
        #[query(style = "deepObject", lists = "brackets")]
        filter: Value,
        #[body(content_type = "application/x-www-form-urlencoded", style = "deepObject", lists = "indices")]
        form: Value,
    }
    let [filter] = Request::metadata().parameters() else { panic!() };
    assert_eq!((filter.style(), filter.lists()), (Style::DeepObject, Lists::Brackets));
    let body = Request::metadata().body().unwrap();
    assert_eq!((body.style(), body.lists()), (Style::DeepObject, Lists::Indices));
    assert_eq!((body.field(), body.content_type()), ("form", "application/x-www-form-urlencoded"));
}
