//! `parameters.json`: the styles of query parameters, path values and headers.

use super::{Built, Skipped, send, target};
use serde::Deserialize;
use stackone_tests::{any::Any, compare};

#[derive(Deserialize)]
struct File {
    openapi_table: Vec<Case>,
    swagger_client: Vec<Case>,
    stackone_client: Vec<Case>,
    query_strings: Vec<QueryString>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    #[serde(rename = "in")]
    place: Option<String>,
    style: Option<String>,
    explode: Option<bool>,
    name: Option<String>,
    value: Any,
    /// `null`: refused.
    expected: Option<String>,
}

#[derive(Deserialize)]
struct QueryString {
    id: String,
    params: Any,
    expected_decoded: String,
}

fn file() -> File {
    serde_json::from_str(include_str!("../../wire/parameters.json")).unwrap()
}

/// Declares every style for each parameter name of the cases.
macro_rules! names {
    ($($name:literal)*) => {
        /// Sends a value in a style. `None` if no declaration has the name and the style.
        fn send_as(name: &str, style: &str, explode: bool, value: &Any) -> Option<Built> {
            let values = &Any::Object(vec![("value".to_owned(), value.clone())]);
            Some(match (name, style, explode) {
                $(
                    ($name, "form", true) =>
                        send!(values, "GET", "/" { #[query($name)] value = "value" }),
                    ($name, "form", false) =>
                        send!(values, "GET", "/" { #[query($name, explode = false)] value = "value" }),
                    ($name, "spaceDelimited", true) =>
                        send!(values, "GET", "/" { #[query($name, style = "spaceDelimited", explode = true)] value = "value" }),
                    ($name, "spaceDelimited", false) =>
                        send!(values, "GET", "/" { #[query($name, style = "spaceDelimited")] value = "value" }),
                    ($name, "pipeDelimited", true) =>
                        send!(values, "GET", "/" { #[query($name, style = "pipeDelimited", explode = true)] value = "value" }),
                    ($name, "pipeDelimited", false) =>
                        send!(values, "GET", "/" { #[query($name, style = "pipeDelimited")] value = "value" }),
                    ($name, "deepObject", true) =>
                        send!(values, "GET", "/" { #[query($name, style = "deepObject")] value = "value" }),
                )*
                (_, "path", _) => send!(values, "GET", "/p/{value}/q" { #[path] value = "value" }),
                (_, "header", _) => send!(values, "GET", "/" { #[header("x-my-header")] value = "value" }),
                _ => return None,
            })
        }
    };
}
names! { "color" "id" "parameters" "a" "in" }

/// The decoded form of a query. A literal comma and `%2C` are then the same, and keys keep their order.
fn check(case: &Case) {
    let id = &case.id;
    let place = case.place.as_deref();
    let simple = case.style.as_deref() == Some("simple");
    // OpenAPI's table has no `in`. Its `simple` is that of a path.
    let style = if simple { place.unwrap_or("path") } else { case.style.as_deref().unwrap() };
    let name = case.name.as_deref().unwrap();
    let built = send_as(name, style, case.explode.unwrap(), &case.value)
        .unwrap_or_else(|| panic!("{id}: no declaration of `{name}` as {style}"));
    let Some(expected) = &case.expected else {
        let error = built.err().unwrap_or_else(|| panic!("{id}: not refused"));
        assert_eq!(error.field(), Some("value"), "{id}: {error}");
        return;
    };
    match style {
        // An empty list or object has no text. The header is not sent, and the path value is refused.
        "header" => {
            let sent = built.unwrap_or_else(|error| panic!("{id}: {error}")).headers().get("x-my-header").cloned();
            let sent = sent.map(|value| compare::latin1(value.as_bytes()));
            assert_eq!(sent.unwrap_or_default(), *expected, "{id}");
        }
        "path" => {
            let value = expected.strip_prefix("/p/").and_then(|path| path.strip_suffix("/q")).unwrap_or(expected);
            if value.is_empty() {
                assert!(built.is_err(), "{id}");
                return;
            }
            let target = target(&built);
            compare::escaped(&target, &[',']).unwrap_or_else(|raw| panic!("{id}: {raw}"));
            let expected = vec![String::new(), "p".to_owned(), compare::decode(value).unwrap(), "q".to_owned()];
            assert_eq!(compare::segments(&target).unwrap(), expected, "{id}");
        }
        _ => {
            let target = target(&built);
            compare::escaped(&target, &[',', '|']).unwrap_or_else(|raw| panic!("{id}: {raw}"));
            assert_eq!(compare::pairs(&target).unwrap(), compare::pairs_of(expected).unwrap(), "{id}");
        }
    }
}

#[test]
fn openapis_own_table() {
    let mut skipped = Skipped::new(&[(
        "oas311/simple/True/object",
        "`explode` belongs to `#[query]`: a path value or header that is an object is `k,v,k,v`",
    )]);
    file().openapi_table.iter().filter(|case| !skipped.skips(&case.id)).for_each(check);
    skipped.finish();
}

#[test]
fn swagger_client() {
    file().swagger_client.iter().for_each(check);
}

#[test]
fn stackone_client() {
    let file = file();
    let (combinations, single): (Vec<_>, Vec<_>) = file.stackone_client.iter().partition(|case| case.style.is_none());
    single.into_iter().for_each(check);
    for case in combinations {
        let (deep, form) = (case.value.get("deep").unwrap(), case.value.get("form").unwrap());
        let values = Any::Object([deep.entries(), form.entries()].concat());
        let built = send!(&values, "GET", "/" {
            #[query(style = "deepObject")] filter = "filter",
            #[query(style = "deepObject")] proxy = "proxy",
            #[query] fields = "fields",
            #[query] next = "next",
            #[query] page = "page",
            #[query] page_size = "page_size",
            #[query] raw = "raw",
        });
        let target = target(&built);
        compare::escaped(&target, &[]).unwrap_or_else(|raw| panic!("{}: {raw}", case.id));
        let expected = compare::pairs_of(case.expected.as_deref().unwrap()).unwrap();
        assert_eq!(compare::pairs(&target).unwrap(), expected, "{}", case.id);
    }
}

/// One operation for each parameter: objects as `deepObject`, other values as `form`.
#[test]
fn query_strings() {
    for case in file().query_strings {
        let mut sent = Vec::new();
        for (name, value) in case.params.entries() {
            let style = if matches!(value, Any::Object(_)) { "deepObject" } else { "form" };
            let built = send_as(name, style, true, value).unwrap_or_else(|| panic!("{}: no `{name}`", case.id));
            sent.extend(compare::pairs(&target(&built)).unwrap());
        }
        let expected: Vec<_> = case.expected_decoded.split('&').filter_map(|pair| pair.split_once('=')).collect();
        let expected: Vec<_> = expected.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        assert_eq!(sent, expected, "{}", case.id);
    }
}
