//! Queries: encoding, order, lists, `deepObject`, and flattened values.

use super::{query, refusal, request};
use serde::Serialize;
use serde_json::{Value, json};
use stackone::Patch;
use std::collections::BTreeMap;

#[test]
fn everything_but_unreserved_characters_is_encoded_in_keys_and_values() {
    assert_eq!(
        query(&request!("GET" "/", #[query("é &=")] q: &'static str = "a b+c&d=e%2f?#[]é😀'*()!")),
        "%C3%A9%20%26%3D=a%20b%2Bc%26d%3De%252f%3F%23%5B%5D%C3%A9%F0%9F%98%80%27%2A%28%29%21"
    );
}

#[test]
fn an_empty_value_is_sent_and_an_absent_one_is_not() {
    let built = request!("GET" "/",
        #[query] empty: String = "",
        #[query] zero: u8 = 0,
        #[query] no: bool = false,
        #[query] list: Vec<String> = [],
        #[query] absent: Option<String> = None::<String>,
        #[query] inner: Option<Patch<u8>> = Some(Patch::Null),
        #[query(explode = false)] joined: Vec<String> = [],
        #[query] texts: Vec<String> = [String::new()],
    );
    assert_eq!(query(&built), "empty=&zero=0&no=false&texts=");
}

#[test]
fn an_empty_query_has_no_question_mark() {
    let built =
        request!("GET" "/a", #[query] q: Option<u8> = None::<u8>, #[query(style = "deepObject")] d: Value = json!({}));
    assert_eq!(super::target(&built), "/a");
}

#[test]
fn parameters_keep_their_declaration_order() {
    let built = request!("GET" "/{p}",
        #[query] z: u8 = 1,
        #[header] h: u8 = 2,
        #[query(style = "deepObject")] y: BTreeMap<&'static str, u8> = [("k", 3)],
        #[path] p: u8 = 4,
        #[query] x: Vec<u8> = [5, 6],
        #[query(flatten)] w: BTreeMap<&'static str, u8> = [("m", 7), ("n", 8)],
        #[query] a: u8 = 9,
    );
    assert_eq!(super::target(&built), "/4?z=1&y%5Bk%5D=3&x=5&x=6&m=7&n=8&a=9");
}

#[test]
fn lists_repeat_their_key_or_are_joined() {
    type Items = [&'static str; 4];
    let items = || ["a b", "c,d", "", "e|f"];
    assert_eq!(query(&request!("GET" "/", #[query] q: Items = items())), "q=a%20b&q=c%2Cd&q=&q=e%7Cf");
    assert_eq!(query(&request!("GET" "/", #[query(explode = false)] q: Items = items())), "q=a%20b,c%2Cd,,e%7Cf");
    let piped = ["a b", "c,d", "", "e"];
    assert_eq!(
        query(&request!("GET" "/", #[query(style = "pipeDelimited")] q: Items = piped)),
        "q=a%20b%7Cc%2Cd%7C%7Ce"
    );
    let spaced = ["a", "c,d", "", "e|f"];
    assert_eq!(
        query(&request!("GET" "/", #[query(style = "spaceDelimited")] q: Items = spaced)),
        "q=a%20c%2Cd%20%20e%7Cf"
    );
}

/// A server would read such an item as two items.
#[test]
fn an_item_with_the_delimiter_is_refused() {
    let space =
        request!("GET" "/", #[query("city", style = "spaceDelimited")] q: [&'static str; 2] = ["Rome", "New York"]);
    let message = refusal(space);
    assert!(message.contains("`q` (query parameter `city`, at `[1]`) contains a space"), "{message}");
    let pipe = request!("GET" "/", #[query("city", style = "pipeDelimited")] q: [&'static str; 2] = ["a|b", "c"]);
    let message = refusal(pipe);
    assert!(message.contains("`q` (query parameter `city`, at `[0]`) contains `|`"), "{message}");
    let exploded =
        request!("GET" "/", #[query(style = "pipeDelimited", explode = true)] q: [&'static str; 2] = ["a|b", "c"]);
    assert_eq!(query(&exploded), "q=a%7Cb&q=c");
}

#[test]
fn a_null_item_is_left_out() {
    let items = || [None, Some(1), None, Some(2)];
    assert_eq!(query(&request!("GET" "/", #[query] q: [Option<u8>; 4] = items())), "q=1&q=2");
    assert_eq!(query(&request!("GET" "/", #[query(explode = false)] q: [Option<u8>; 4] = items())), "q=1,2");
    assert_eq!(query(&request!("GET" "/", #[query(explode = false)] q: [Option<u8>; 1] = [None])), "");
}

#[derive(Serialize)]
struct Filter {
    updated_after: Option<String>,
    nested: Nested,
}

#[derive(Serialize)]
struct Nested {
    tags: Vec<&'static str>,
    range: (u8, u8),
    objects: Vec<BTreeMap<&'static str, Value>>,
    empty: BTreeMap<u8, u8>,
    deep: BTreeMap<i32, BTreeMap<bool, f64>>,
}

#[test]
fn deep_objects_nest_to_any_depth() {
    let filter = Filter {
        updated_after: Some("a b".to_owned()),
        nested: Nested {
            tags: vec!["x", "", "y z"],
            range: (1, 2),
            objects: vec![BTreeMap::from([("k", json!([1, null, {"é": "\""}]))])],
            empty: BTreeMap::new(),
            deep: BTreeMap::from([(-1, BTreeMap::from([(true, 1.0)]))]),
        },
    };
    assert_eq!(
        query(&request!("GET" "/", #[query(style = "deepObject")] filter: Filter = filter)),
        "filter%5Bupdated_after%5D=a%20b\
         &filter%5Bnested%5D%5Btags%5D=x&filter%5Bnested%5D%5Btags%5D=&filter%5Bnested%5D%5Btags%5D=y%20z\
         &filter%5Bnested%5D%5Brange%5D=1&filter%5Bnested%5D%5Brange%5D=2\
         &filter%5Bnested%5D%5Bobjects%5D=%7B%22k%22%3A%5B1%2Cnull%2C%7B%22%C3%A9%22%3A%22%5C%22%22%7D%5D%7D\
         &filter%5Bnested%5D%5Bdeep%5D%5B-1%5D%5Btrue%5D=1"
    );
}

#[test]
fn a_deep_object_leaves_out_null_and_empty_values() {
    let built = |value: Value| query(&request!("GET" "/", #[query(style = "deepObject")] f: Value = value));
    assert_eq!(built(json!(null)), "");
    assert_eq!(built(json!({})), "");
    assert_eq!(built(json!({"a": null, "b": {}, "c": [], "d": {"e": {"f": null}}})), "");
    assert_eq!(built(json!({"a": [null], "b": ""})), "f%5Bb%5D=");
    assert_eq!(built(json!({"a": [[1, 2], {}]})), "f%5Ba%5D=%5B1%2C2%5D&f%5Ba%5D=%7B%7D");
    assert_eq!(built(json!({"": 1, "a[b]": 2})), "f%5B%5D=1&f%5Ba%5Bb%5D%5D=2");
}

#[test]
fn a_deep_object_must_be_an_object() {
    for value in [json!("a"), json!(1.5), json!(true), json!([]), json!([1])] {
        let refusal = refusal(request!("GET" "/", #[query("filter", style = "deepObject")] f: Value = value));
        assert!(refusal.contains("`f` (query parameter `filter`)") && refusal.contains("deepObject"), "{refusal}");
    }
}

#[derive(Serialize)]
struct Page {
    size: Option<u8>,
    #[serde(rename = "sort by")]
    sort: &'static str,
    #[serde(flatten)]
    more: BTreeMap<&'static str, Value>,
}

#[test]
fn flattened_keys_become_parameters() {
    let more = BTreeMap::from([("list", json!(["a", null, "b"])), ("nested", json!({"k": [1]})), ("nil", json!(null))]);
    let page = Page { size: None, sort: "x y", more };
    assert_eq!(
        query(&request!("GET" "/", #[query(flatten)] page: Page = page)),
        "sort%20by=x%20y&list=a&list=b&nested=%7B%22k%22%3A%5B1%5D%7D"
    );
    assert_eq!(query(&request!("GET" "/", #[query(flatten)] page: Option<Page> = None::<Page>)), "");
}

#[test]
fn a_value_without_keys_cannot_be_flattened() {
    assert!(refusal(request!("GET" "/", #[query(flatten)] page: u8 = 1)).contains("no keys"));
    assert!(refusal(request!("GET" "/", #[query(flatten)] page: Vec<u8> = [1])).contains("no keys"));
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Tagged {
    InRange { from: u8, to: Option<u8> },
    Exact(Exact),
}

#[derive(Serialize)]
struct Exact {
    value: bool,
}

#[derive(Serialize)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    List(Vec<u8>),
}

/// An enum that serde serializes as an object is sent as an object.
#[test]
fn tagged_enums_are_objects() {
    let deep = |value: Tagged| query(&request!("GET" "/", #[query(style = "deepObject")] f: Tagged = value));
    assert_eq!(deep(Tagged::InRange { from: 1, to: None }), "f%5Bkind%5D=in_range&f%5Bfrom%5D=1");
    assert_eq!(deep(Tagged::Exact(Exact { value: true })), "f%5Bkind%5D=exact&f%5Bvalue%5D=true");
    assert_eq!(query(&request!("GET" "/", #[query] f: Adjacent = Adjacent::List(vec![1, 2]))), "t=List&c=1&c=2");
}
