//! `parameters.json`: the styles of query parameters, path parameters and headers.

use super::{Built, request, target};
use serde::Deserialize;
use stackone::stackone_operation;
use stackone_tests::{any::Any, compare};

#[derive(Deserialize)]
struct File {
    openapi_table: Vec<Case>,
    swagger_client: Vec<Case>,
    stackone_client: Vec<Case>,
    query_strings: Vec<QueryString>,
}

fn file() -> File {
    serde_json::from_str(include_str!("../../wire/parameters.json")).unwrap()
}

#[derive(Deserialize)]
struct Case {
    id: String,
    #[serde(rename = "in")]
    location: Option<Location>,
    /// `None` for a combination of several parameters.
    style: Option<String>,
    explode: Option<bool>,
    name: Option<String>,
    value: Any,
    /// `None` if the value is refused.
    expected: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Location {
    Query,
    Path,
    Header,
}

/// The cases with one parameter at this location.
fn cases(location: Location) -> Vec<Case> {
    let File { openapi_table, swagger_client, stackone_client, .. } = file();
    let mut cases: Vec<Case> = openapi_table.into_iter().chain(swagger_client).chain(stackone_client).collect();
    cases.retain(|case| {
        let Some(style) = case.style.as_deref() else { return false };
        // OpenAPI's table has no locations. Its style `simple` is read as that of a path.
        let default = if style == "simple" { Location::Path } else { Location::Query };
        case.location.unwrap_or(default) == location
    });
    assert!(!cases.is_empty());
    cases
}

// The declarations of query parameters: one operation for each style, with the parameter names of the cases.

#[stackone_operation(method = "GET", path = "/")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[query]
    color: Option<Any>,
    #[query]
    id: Option<Any>,
    #[query]
    parameters: Option<Any>,
    #[query]
    a: Option<Any>,
    #[query]
    r#in: Option<Any>,
}

#[stackone_operation(method = "GET", path = "/")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormJoined {
    #[query(explode = false)]
    color: Option<Any>,
    #[query(explode = false)]
    id: Option<Any>,
}

#[stackone_operation(method = "GET", path = "/")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpaceDelimited {
    #[query(style = "spaceDelimited")]
    color: Option<Any>,
    #[query(style = "spaceDelimited")]
    id: Option<Any>,
}

#[stackone_operation(method = "GET", path = "/")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpaceDelimitedExploded {
    #[query(style = "spaceDelimited", explode = true)]
    color: Option<Any>,
    #[query(style = "spaceDelimited", explode = true)]
    id: Option<Any>,
}

#[stackone_operation(method = "GET", path = "/")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PipeDelimited {
    #[query(style = "pipeDelimited")]
    color: Option<Any>,
    #[query(style = "pipeDelimited")]
    id: Option<Any>,
}

#[stackone_operation(method = "GET", path = "/")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PipeDelimitedExploded {
    #[query(style = "pipeDelimited", explode = true)]
    color: Option<Any>,
    #[query(style = "pipeDelimited", explode = true)]
    id: Option<Any>,
}

#[stackone_operation(method = "GET", path = "/")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeepObject {
    #[query(style = "deepObject")]
    color: Option<Any>,
    #[query(style = "deepObject")]
    id: Option<Any>,
    #[query(style = "deepObject")]
    a: Option<Any>,
}

#[test]
fn query_parameters() {
    for Case { id, style, explode, name, value, expected, .. } in cases(Location::Query) {
        let name = name.unwrap();
        let parameter = Any::Object(vec![(name.clone(), value)]);
        let built = match (style.as_deref().unwrap(), explode.unwrap()) {
            ("form", true) => request::<Form>(&parameter),
            ("form", false) => request::<FormJoined>(&parameter),
            ("spaceDelimited", false) => request::<SpaceDelimited>(&parameter),
            ("spaceDelimited", true) => request::<SpaceDelimitedExploded>(&parameter),
            ("pipeDelimited", false) => request::<PipeDelimited>(&parameter),
            ("pipeDelimited", true) => request::<PipeDelimitedExploded>(&parameter),
            ("deepObject", true) => request::<DeepObject>(&parameter),
            other => panic!("{id}: no operation is declared for {other:?}"),
        };
        match expected {
            Some(query) => assert_eq!(sent_query(&built), compare::pairs_of(&query).unwrap(), "{id}"),
            None => assert_eq!(built.unwrap_err().field(), Some(&*name), "{id}"),
        }
    }
}

/// The pairs of a query, decoded. A literal delimiter is then the same as an encoded one. Other characters must be encoded.
fn sent_query(built: &Built) -> Vec<(String, String)> {
    let target = target(built);
    assert_eq!(compare::escaped(&target, &[',', '|']), Ok(()));
    compare::pairs(&target).unwrap()
}

#[stackone_operation(method = "GET", path = "/p/{value}/q")]
struct Path {
    #[path]
    value: Any,
}

#[stackone_operation(method = "GET", path = "/p/{value}/q")]
struct PathExploded {
    #[path(explode = true)]
    value: Any,
}

#[test]
fn path_parameters() {
    for Case { id, value, expected, explode, .. } in cases(Location::Path) {
        let built = match explode {
            Some(true) => PathExploded { value }.into_http_request(),
            _ => Path { value }.into_http_request(),
        };
        let expected = expected.unwrap();
        let segment = expected.strip_prefix("/p/").and_then(|path| path.strip_suffix("/q")).unwrap_or(&expected);
        if segment.is_empty() {
            // An empty segment would change the path.
            assert_eq!(built.unwrap_err().field(), Some("value"), "{id}");
            continue;
        }
        let target = target(&built);
        let delimiters: &[char] = if explode == Some(true) { &[',', '='] } else { &[','] };
        assert_eq!(compare::escaped(&target, delimiters), Ok(()), "{id}");
        assert_eq!(compare::segments(&target).unwrap(), ["", "p", &compare::decode(segment).unwrap(), "q"], "{id}");
    }
}

#[stackone_operation(method = "GET", path = "/")]
struct Header {
    #[header("x-my-header")]
    value: Any,
}

#[test]
fn headers() {
    for Case { id, value, expected, .. } in cases(Location::Header) {
        let request = Header { value }.into_http_request().unwrap_or_else(|error| panic!("{id}: {error}"));
        let sent = request.headers().get("x-my-header").map(|value| compare::latin1(value.as_bytes()));
        // An empty list or object has no text. Such a header is not sent.
        assert_eq!(sent.unwrap_or_default(), expected.unwrap(), "{id}");
    }
}

/// Several parameters, as in the lists of the API.
#[stackone_operation(method = "GET", path = "/")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[query(style = "deepObject")]
    filter: Option<Any>,
    #[query(style = "deepObject")]
    proxy: Option<Any>,
    #[query]
    fields: Option<Any>,
    #[query]
    next: Option<Any>,
    #[query]
    page: Option<Any>,
    #[query]
    page_size: Option<Any>,
    #[query]
    raw: Option<Any>,
}

#[test]
fn combinations_of_query_parameters() {
    let cases: Vec<Case> = file().stackone_client.into_iter().filter(|case| case.style.is_none()).collect();
    assert!(!cases.is_empty());
    for Case { id, value, expected, .. } in cases {
        let (deep, form) = (value.get("deep").unwrap(), value.get("form").unwrap());
        let built = request::<List>(&Any::Object([deep.entries(), form.entries()].concat()));
        let target = target(&built);
        assert_eq!(compare::escaped(&target, &[]), Ok(()), "{id}");
        assert_eq!(compare::pairs(&target).unwrap(), compare::pairs_of(&expected.unwrap()).unwrap(), "{id}");
    }
}

#[derive(Deserialize)]
struct QueryString {
    id: String,
    params: Any,
    expected_decoded: String,
}

/// Each parameter is sent by its own request: an object as `deepObject`, any other value as `form`.
#[test]
fn query_strings() {
    for QueryString { id, params, expected_decoded } in file().query_strings {
        let mut sent = Vec::new();
        for (name, value) in params.entries() {
            let parameter = Any::Object(vec![(name.clone(), value.clone())]);
            let built = match value {
                Any::Object(_) => request::<DeepObject>(&parameter),
                _ => request::<Form>(&parameter),
            };
            sent.extend(sent_query(&built).into_iter().map(|(key, value)| format!("{key}={value}")));
        }
        assert_eq!(sent.join("&"), expected_decoded, "{id}");
    }
}
