//! Bodies: `Content-Type`, forms, values that are refused, and the three states of a PATCH field.

use super::{Built, refusal, request};
use serde::Serialize;
use serde_json::{Value, json};
use stackone::{Base64, Patch, bytes::Bytes, stackone_operation};
use std::collections::BTreeMap;

fn sent(built: Built) -> (Option<String>, String) {
    let request = built.unwrap_or_else(|error| panic!("{error}"));
    let content_type = request.headers().get("content-type").map(|value| value.to_str().unwrap().to_owned());
    (content_type, String::from_utf8(request.into_body().to_vec()).unwrap())
}

fn body(content_type: &str, text: &str) -> (Option<String>, String) {
    (Some(content_type.to_owned()), text.to_owned())
}

const NOTHING: (Option<String>, String) = (None, String::new());

#[test]
fn content_type_follows_the_body() {
    assert_eq!(sent(request!("POST" "/")), NOTHING);
    assert_eq!(sent(request!("POST" "/", #[body] b: Value = json!({}))), body("application/json", "{}"));
    assert_eq!(sent(request!("POST" "/", #[body] b: Value = json!(null))), body("application/json", "null"));
    let text = request!("PUT" "/", #[body(content_type = "text/plain; charset=utf-8")] b: String = "é");
    assert_eq!(sent(text), body("text/plain; charset=utf-8", "é"));
    let raw = request!("PUT" "/", #[body(content_type = "application/octet-stream")] b: Bytes = &b"\0x"[..]);
    assert_eq!(sent(raw), body("application/octet-stream", "\0x"));
    let json = request!("POST" "/", #[body(content_type = "application/vnd.api+json")] b: Value = json!([1]));
    assert_eq!(sent(json), body("application/vnd.api+json", "[1]"));
}

#[test]
fn no_body_has_no_content_type() {
    #[stackone_operation(method = "POST", path = "/")]
    struct Json {
        #[body]
        body: Option<Value>,
    }
    #[stackone_operation(method = "POST", path = "/")]
    struct Form {
        #[body(content_type = "application/x-www-form-urlencoded")]
        body: Option<BTreeMap<String, String>>,
    }
    #[stackone_operation(method = "POST", path = "/")]
    struct Text {
        #[body(content_type = "text/plain")]
        body: Option<String>,
    }
    assert_eq!(sent(Json::builder().build().into_http_request()), NOTHING);
    assert_eq!(sent(Form::builder().build().into_http_request()), NOTHING);
    assert_eq!(sent(Text::builder().build().into_http_request()), NOTHING);
    // An empty body is sent.
    assert_eq!(sent(Text::builder().body("").build().into_http_request()), body("text/plain", ""));
    let null = Json::builder().body(Value::Null).build().into_http_request();
    assert_eq!(sent(null), body("application/json", "null"));
}

#[derive(Serialize)]
struct Form {
    grant_type: &'static str,
    scope: Vec<&'static str>,
    absent: Option<u8>,
    #[serde(rename = "a&b")]
    odd: &'static str,
}

#[test]
fn forms_are_encoded_like_queries() {
    let form = Form { grant_type: "client credentials", scope: vec!["a+b", "c"], absent: None, odd: "" };
    let built = request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded")] b: Form = form);
    let expected = "grant_type=client%20credentials&scope=a%2Bb&scope=c&a%26b=";
    assert_eq!(sent(built), body("application/x-www-form-urlencoded", expected));
    let scalar = request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded")] b: u8 = 1);
    assert!(refusal(scalar).contains("no keys"));
}

#[derive(Serialize, Default)]
struct Changes {
    absent: Patch<u8>,
    null: Patch<u8>,
    value: Patch<u8>,
    nested: Patch<Inner>,
    option: Option<Patch<u8>>,
    #[serde(flatten)]
    flat: Inner,
}

#[derive(Serialize, Default)]
struct Inner {
    x: Patch<u8>,
    y: Patch<Vec<Patch<u8>>>,
}

#[test]
fn a_patch_field_is_absent_null_or_set() {
    let changes = Changes {
        null: Patch::Null,
        value: 1.into(),
        nested: Patch::Value(Inner { x: Patch::Absent, y: Patch::Null }),
        option: Some(Patch::Absent),
        flat: Inner { x: 2.into(), y: Patch::Value(vec![3.into(), Patch::Null]) },
        ..Changes::default()
    };
    let built = request!("PATCH" "/", #[body] b: Changes = changes);
    assert_eq!(sent(built).1, r#"{"null":null,"value":1,"nested":{"y":null},"x":2,"y":[3,null]}"#);
    assert_eq!(sent(request!("PATCH" "/", #[body] b: Changes = Changes::default())).1, r#"{"option":null}"#);
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Tagged {
    A { x: Patch<u8>, y: Patch<u8> },
    B(Inner),
}

#[test]
fn absent_patch_fields_of_tagged_enums_are_left_out() {
    let built = request!("PATCH" "/", #[body] b: Tagged = Tagged::A { x: Patch::Absent, y: Patch::Null });
    assert_eq!(sent(built).1, r#"{"type":"A","y":null}"#);
    let built = request!("PATCH" "/", #[body] b: Tagged = Tagged::B(Inner { x: 1.into(), y: Patch::Absent }));
    assert_eq!(sent(built).1, r#"{"type":"B","x":1}"#);
}

#[test]
fn a_number_that_is_not_finite_is_refused_everywhere() {
    #[derive(Serialize, Clone)]
    struct Nested {
        items: Vec<BTreeMap<&'static str, f32>>,
    }
    let nested = || Nested { items: vec![BTreeMap::new(), BTreeMap::from([("x", f32::NEG_INFINITY)])] };
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for built in [
            request!("GET" "/{v}", #[path] v: f64 = value),
            request!("GET" "/", #[query] v: f64 = value),
            request!("GET" "/", #[query] v: Vec<f64> = [value]),
            request!("GET" "/", #[query(style = "deepObject")] v: BTreeMap<u8, f64> = [(1, value)]),
            request!("GET" "/", #[query(flatten)] v: BTreeMap<u8, f64> = [(1, value)]),
            request!("GET" "/", #[header] v: f64 = value),
            request!("POST" "/", #[body] v: f64 = value),
            request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded")] v: BTreeMap<u8, f64> = [(1, value)]),
        ] {
            let error = built.unwrap_err();
            assert_eq!(error.field(), Some("v"));
            assert!(error.to_string().contains("not a finite number"), "{error}");
        }
    }
    for built in [
        request!("POST" "/", #[body] v: Nested = nested()),
        request!("GET" "/", #[query(style = "deepObject")] v: Nested = nested()),
    ] {
        let refusal = refusal(built);
        assert!(refusal.contains("`.items[1].x`"), "{refusal}");
    }
}

#[test]
fn an_absent_patch_without_a_key_is_refused() {
    let refusals = [
        request!("PATCH" "/", #[body] v: Patch<u8> = Patch::Absent),
        request!("PATCH" "/", #[body] v: Vec<Patch<u8>> = [Patch::Null, Patch::Absent]),
        request!("GET" "/", #[query] v: Vec<Vec<Patch<u8>>> = [vec![Patch::Absent]]),
    ]
    .map(refusal);
    for refusal in &refusals {
        assert!(refusal.contains("`v`") && refusal.contains("absent `Patch`"), "{refusal}");
    }
    assert!(refusals[1].contains("`[1]`"), "{}", refusals[1]);
}

/// Large numbers are written exactly. A value that JSON cannot express is refused.
#[test]
fn no_value_is_changed_silently() {
    let big = request!("POST" "/", #[body] v: (u64, i128, f64) = (u64::MAX, i128::MIN, 1e21));
    assert_eq!(sent(big).1, "[18446744073709551615,-170141183460469231731687303715884105728,1e+21]");
    let unit = request!("POST" "/", #[body] v: BTreeMap<(u8, u8), u8> = [((1, 2), 3)]);
    assert!(refusal(unit).contains("keys"));
}

/// A type from `$ty:ty` arrives in an invisible group, and its names have the hygiene of the macro.
#[test]
fn a_type_from_a_macro_is_read_like_any_other() {
    macro_rules! request {
        ($query:ty, $body:ty) => {
            #[stackone_operation(method = "POST", path = "/")]
            struct Request {
                #[query]
                q: $query,
                #[body]
                body: $body,
            }
        };
    }
    request!(Option<u8>, Option<Value>);
    assert_eq!(sent(Request::builder().build().into_http_request()), NOTHING);
    let built = Request::builder().q(1).maybe_body(Some(json!(2))).build().into_http_request();
    assert_eq!(sent(built), body("application/json", "2"));
}

#[derive(Serialize)]
struct Upload {
    name: &'static str,
    content: Base64,
    #[serde(flatten)]
    more: BTreeMap<&'static str, Base64>,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Attachment {
    File(Upload),
}

#[derive(Serialize)]
struct Wrapped(Base64);

#[test]
fn bytes_are_base64_text_wherever_they_are() {
    const TEXT: &str = "+/+/YQ==";
    let base64 = || Base64::from(&b"\xFB\xFF\xBFa"[..]);
    let upload = || Upload { name: "n", content: base64(), more: BTreeMap::from([("x", base64())]) };
    let fields = format!(r#""name":"n","content":"{TEXT}","x":"{TEXT}""#);
    assert_eq!(sent(request!("POST" "/", #[body] v: Upload = upload())).1, format!("{{{fields}}}"));
    let tagged = request!("POST" "/", #[body] v: Attachment = Attachment::File(upload()));
    assert_eq!(sent(tagged).1, format!(r#"{{"type":"File",{fields}}}"#));
    let list = request!("POST" "/", #[body] v: Vec<Option<Wrapped>> = [None, Some(Wrapped(base64()))]);
    assert_eq!(sent(list).1, format!(r#"[null,"{TEXT}"]"#));
    let patch = request!("PATCH" "/", #[body] v: BTreeMap<u8, Patch<Base64>> = [(1, Patch::Value(base64()))]);
    assert_eq!(sent(patch).1, format!(r#"{{"1":"{TEXT}"}}"#));
    assert_eq!(sent(request!("POST" "/", #[body] v: Base64 = Bytes::new())).1, r#""""#);
    let encoded = "%2B%2F%2B%2FYQ%3D%3D";
    let built = request!("GET" "/{p}", #[path] p: Base64 = base64(), #[query] q: Base64 = base64(), #[header] h: Base64 = base64());
    assert_eq!(built.as_ref().unwrap().headers()["h"], TEXT);
    assert_eq!(super::target(&built), format!("/{encoded}?q={encoded}"));
    let form = request!("POST" "/", #[body(content_type = "application/x-www-form-urlencoded", style = "deepObject")]
        v: BTreeMap<&'static str, Base64> = [("f", base64())]);
    assert_eq!(sent(form).1, format!("f={encoded}"));
}
