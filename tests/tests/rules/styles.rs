//! Each type of value in each style.

use super::{Built, refusal, request, target};
use serde::Serialize;
use serde_json::Value;
use stackone_tests::any::Any;
use std::collections::BTreeMap;

fn request_as(style: &str, value: &Any) -> Built {
    macro_rules! query {
        ($($option:tt)*) => { request!("GET" "/", #[query("k" $($option)*)] value: Any = value.clone()) };
    }
    match style {
        "form" => query!(),
        "form joined" => query!(, explode = false),
        "space" => query!(, style = "spaceDelimited", explode = true),
        "space joined" => query!(, style = "spaceDelimited"),
        "pipe" => query!(, style = "pipeDelimited", explode = true),
        "pipe joined" => query!(, style = "pipeDelimited"),
        "deep" => query!(, style = "deepObject"),
        "flat" => request!("GET" "/", #[query(flatten)] value: Any = value.clone()),
        "path" => request!("GET" "/{value}", #[path] value: Any = value.clone()),
        _ => request!("GET" "/", #[header("k")] value: Any = value.clone()),
    }
}

/// The query, the path segment or the header that is sent. `absent` if nothing is sent, and `refused` for an error.
fn sent(style: &str, value: &Any) -> String {
    let request = match request_as(style, value) {
        Err(error) => {
            assert_eq!(error.field(), Some("value"), "{error}");
            return "refused".to_owned();
        }
        Ok(request) => request,
    };
    match style {
        "path" => request.uri().path()[1..].to_owned(),
        "header" => {
            request.headers().get("k").map_or_else(|| "absent".to_owned(), |value| value.to_str().unwrap().to_owned())
        }
        _ => request.uri().query().unwrap_or("absent").to_owned(),
    }
}

/// The style of each cell in a row.
const STYLES: [&str; 7] = ["form", "form joined", "space joined", "pipe joined", "deep", "path", "header"];

#[test]
fn every_style_writes_every_value() {
    let rows: &[(&str, [&str; 7])] = &[
        ("null", ["absent", "absent", "absent", "absent", "absent", "refused", "absent"]),
        (r#""""#, ["k=", "k=", "k=", "k=", "refused", "refused", ""]),
        (r#""a b,c""#, ["k=a%20b%2Cc", "k=a%20b%2Cc", "k=a%20b%2Cc", "k=a%20b%2Cc", "refused", "a%20b%2Cc", "a b,c"]),
        ("0", ["k=0", "k=0", "k=0", "k=0", "refused", "0", "0"]),
        ("-0.5", ["k=-0.5", "k=-0.5", "k=-0.5", "k=-0.5", "refused", "-0.5", "-0.5"]),
        ("1e21", ["k=1e%2B21", "k=1e%2B21", "k=1e%2B21", "k=1e%2B21", "refused", "1e%2B21", "1e+21"]),
        ("false", ["k=false", "k=false", "k=false", "k=false", "refused", "false", "false"]),
        ("[]", ["absent", "absent", "absent", "absent", "refused", "refused", "absent"]),
        ("[null]", ["absent", "absent", "absent", "absent", "refused", "refused", "absent"]),
        (r#"[""]"#, ["k=", "k=", "k=", "k=", "refused", "refused", "\"\""]),
        ("[1,null,2]", ["k=1&k=2", "k=1,2", "k=1%202", "k=1%7C2", "refused", "1,2", "1,2"]),
        (
            "[[1,2],[]]",
            [
                "k=%5B1%2C2%5D&k=%5B%5D",
                "k=%5B1%2C2%5D,%5B%5D",
                "k=%5B1%2C2%5D%20%5B%5D",
                "k=%5B1%2C2%5D%7C%5B%5D",
                "refused",
                "%5B1%2C2%5D,%5B%5D",
                "[1,2],[]",
            ],
        ),
        (
            r#"[{"a":null}]"#,
            [
                "k=%7B%22a%22%3Anull%7D",
                "k=%7B%22a%22%3Anull%7D",
                "k=%7B%22a%22%3Anull%7D",
                "k=%7B%22a%22%3Anull%7D",
                "refused",
                "%7B%22a%22%3Anull%7D",
                r#"{"a":null}"#,
            ],
        ),
        ("{}", ["absent", "absent", "absent", "absent", "absent", "refused", "absent"]),
        (r#"{"a":null}"#, ["absent", "absent", "absent", "absent", "absent", "refused", "absent"]),
        (
            r#"{"b":1,"a c":"x y"}"#,
            [
                "b=1&a%20c=x%20y",
                "k=b,1,a%20c,x%20y",
                "refused",
                "k=b%7C1%7Ca%20c%7Cx%20y",
                "k%5Bb%5D=1&k%5Ba%20c%5D=x%20y",
                "b,1,a%20c,x%20y",
                "b,1,a c,x y",
            ],
        ),
        (
            r#"{"n":null,"l":[1,null],"e":[],"o":{"x":[]},"s":""}"#,
            [
                "l=1&o=%7B%22x%22%3A%5B%5D%7D&s=",
                "k=l,%5B1%2Cnull%5D,e,%5B%5D,o,%7B%22x%22%3A%5B%5D%7D,s,",
                "k=l%20%5B1%2Cnull%5D%20e%20%5B%5D%20o%20%7B%22x%22%3A%5B%5D%7D%20s%20",
                "k=l%7C%5B1%2Cnull%5D%7Ce%7C%5B%5D%7Co%7C%7B%22x%22%3A%5B%5D%7D%7Cs%7C",
                "k%5Bl%5D=1&k%5Bs%5D=",
                "l,%5B1%2Cnull%5D,e,%5B%5D,o,%7B%22x%22%3A%5B%5D%7D,s,",
                r#"l,[1,null],e,[],o,{"x":[]},s,"""#,
            ],
        ),
    ];
    for (value, cells) in rows {
        let any: Any = serde_json::from_str(value).unwrap();
        for (style, expected) in STYLES.iter().zip(cells) {
            assert_eq!(sent(style, &any), *expected, "{value} as {style}");
        }
        // Exploded, these styles have no delimiter, so they equal `form`.
        assert_eq!(sent("space", &any), cells[0], "{value}");
        assert_eq!(sent("pipe", &any), cells[0], "{value}");
        if any.entries().is_empty() {
            continue;
        }
        assert_eq!(sent("flat", &any), cells[0], "{value}");
    }
}

/// `serde_json::Value` is sent by the same rules as other values.
#[test]
fn serde_json_values_are_values() {
    let value: Value = serde_json::from_str(r#"{"a":[1.5,"x",true,null],"b":{"c":-7}}"#).unwrap();
    let built = request!("GET" "/", #[query("k", style = "deepObject")] value: Value = value);
    assert_eq!(built.unwrap().uri(), "/?k%5Ba%5D=1.5&k%5Ba%5D=x&k%5Ba%5D=true&k%5Bb%5D%5Bc%5D=-7");
}

#[test]
fn an_exploded_object_in_a_path_or_a_header_is_a_list_of_pairs() {
    #[derive(Clone, Serialize)]
    struct Point {
        x: f64,
        label: Option<String>,
        tags: Vec<u8>,
    }
    let point = Point { x: 0.5, label: Some("a=b, c".to_owned()), tags: vec![1, 2] };
    let path = request!("GET" "/{v}", #[path(explode = true)] v: Point = point.clone());
    assert_eq!(target(&path), "/x=0.5,label=a%3Db%2C%20c,tags=%5B1%2C2%5D");
    let header = request!("GET" "/", #[header(explode = true)] v: Point = point.clone());
    assert_eq!(header.unwrap().headers()["v"], "x=0.5,label=\"a=b, c\",tags=[1,2]");
    let secret = request!("GET" "/", #[header(sensitive, explode = true)] v: Point = Point { label: None, tags: vec![], ..point });
    let secret = secret.unwrap();
    assert!(secret.headers()["v"].is_sensitive());
    assert_eq!(secret.headers()["v"], "x=0.5,tags=[]");

    // A list has one form.
    let list = request!("GET" "/{v}", #[path(explode = true)] v: Vec<u8> = vec![1, 2]);
    assert_eq!(target(&list), "/1,2");
    let keys = |keys: &[&'static str]| keys.iter().map(|key| (*key, 1)).collect::<BTreeMap<&'static str, u8>>();
    let path = request!("GET" "/{v}", #[path(explode = true)] v: BTreeMap<&'static str, u8> = keys(&["a=b", "é,"]));
    assert_eq!(target(&path), "/a%3Db=1,%C3%A9%2C=1");
    for key in ["a=b", "a,b", "a b", "\"a\""] {
        let refused = request!("GET" "/", #[header(explode = true)] v: BTreeMap<&'static str, u8> = keys(&[key]));
        assert!(refusal(refused).contains("has a key with"), "{key}");
    }
    let none = request!("GET" "/", #[header(explode = true)] v: BTreeMap<&'static str, u8> = keys(&[]));
    assert!(!none.unwrap().headers().contains_key("v"));
    let none = request!("GET" "/{v}", #[path(explode = true)] v: BTreeMap<&'static str, u8> = keys(&[]));
    assert!(refusal(none).contains("another endpoint"));
}
