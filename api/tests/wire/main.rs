//! Every request recorded in `tests/wire/wire.json` is built by the generated operations from its recorded input, and means the same.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod build;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use stackone_tests::compare;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
struct Recordings {
    operations: Vec<Recorded>,
    requests: Vec<Case>,
}

#[derive(Deserialize)]
struct Recorded {
    operation_id: String,
    method: String,
    path_template: String,
    accept: String,
    params: Vec<Param>,
}

#[derive(Deserialize)]
struct Param {
    wire_name: String,
    #[serde(rename = "in")]
    place: String,
    style: String,
    required: bool,
}

#[derive(Deserialize)]
struct Case {
    operation_id: String,
    variant: String,
    input: Input,
    request: Request,
    #[serde(default)]
    defaults_added: Vec<String>,
}

/// The input of a case, by wire names.
#[derive(Deserialize)]
struct Input {
    path: Map<String, Value>,
    query: Map<String, Value>,
    header: Map<String, Value>,
    body: Value,
}

#[derive(Deserialize)]
struct Request {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: String,
}

fn read<T: DeserializeOwned>(value: &Value) -> T {
    T::deserialize(value).unwrap_or_else(|error| panic!("{error} in {value}"))
}

impl Input {
    fn path(&self, name: &str) -> String {
        read(&self.path[name])
    }

    fn query<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        self.query.get(name).map(read)
    }

    fn header<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        self.header.get(name).map(read)
    }

    fn required_header(&self, name: &str) -> String {
        read(&self.header[name])
    }

    fn body<T: DeserializeOwned>(&self) -> T {
        read(&self.body)
    }
}

/// The recorded requests. `tests/wire/README.md` has their source.
fn recordings() -> Recordings {
    serde_json::from_str(include_str!("../../../tests/wire/wire.json")).unwrap()
}

/// Object parameters. The recorded client flattens them in some operations, where they collide. By the description they are
/// `deepObject`.
const OBJECTS: [&str; 2] = ["filter", "proxy"];

impl Recorded {
    fn flattens(&self) -> bool {
        self.params.iter().any(|param| OBJECTS.contains(&&*param.wire_name) && param.style == "form")
    }
}

/// The recorded query without the parameters that the recorded client adds.
fn recorded_query(case: &Case) -> Vec<(String, String)> {
    let added: Vec<&str> = case.defaults_added.iter().filter_map(|added| added.strip_prefix('?')).collect();
    assert_eq!(added.len(), case.defaults_added.len(), "a default that is no query parameter");
    let mut pairs = compare::pairs(&case.request.target).unwrap();
    pairs.retain(|(key, _)| !added.contains(&&**key));
    pairs
}

/// The header values on the wire, one byte for each character. The client adds `authorization`.
fn recorded_headers(case: &Case) -> BTreeMap<String, Vec<u8>> {
    let headers = case.request.headers.iter().filter(|(name, _)| name != "authorization");
    let latin1 = |text: &str| text.chars().map(|character| u8::try_from(character).unwrap()).collect();
    headers.map(|(name, value)| (name.to_ascii_lowercase(), latin1(value))).collect()
}

#[test]
fn every_recorded_operation_is_declared_as_described() {
    let recordings = recordings();
    assert_eq!(recordings.operations.len(), 26);
    for operation in &recordings.operations {
        let id = &operation.operation_id;
        let case = recordings.requests.iter().find(|case| case.operation_id == *id).unwrap();
        let (metadata, _) = build::build(id, &case.input).unwrap_or_else(|| panic!("{id} is not declared"));
        assert_eq!(metadata.id(), id);
        assert_eq!(metadata.method().as_str(), operation.method, "{id}");
        assert_eq!(metadata.path(), operation.path_template, "{id}");
        assert_eq!(metadata.response().accept(), operation.accept, "{id}");
        let described: BTreeSet<_> = operation
            .params
            .iter()
            .map(|param| match &*param.place {
                "header" => (param.wire_name.to_ascii_lowercase(), "Header".to_owned(), param.required),
                "path" => (param.wire_name.clone(), "Path".to_owned(), param.required),
                _ => (param.wire_name.clone(), "Query".to_owned(), param.required),
            })
            .collect();
        let declared: BTreeSet<_> = metadata
            .parameters()
            .iter()
            .map(|parameter| {
                (parameter.name().to_owned(), format!("{:?}", parameter.location()), parameter.is_required())
            })
            .collect();
        assert_eq!(declared, described, "{id}");
    }
}

#[test]
fn every_recorded_request_is_built_with_the_same_meaning() {
    let recordings = recordings();
    assert_eq!(recordings.requests.len(), 78);
    for case in &recordings.requests {
        let name = format!("{} {}", case.operation_id, case.variant);
        let operation = recordings.operations.iter().find(|it| it.operation_id == case.operation_id).unwrap();
        let (_, request) = build::build(&case.operation_id, &case.input).unwrap();
        let request = request.unwrap_or_else(|error| panic!("{name}: {error}"));
        let target = request.uri().to_string();

        assert_eq!(request.method().as_str(), case.request.method, "{name}");
        assert_eq!(compare::segments(&target).unwrap(), compare::segments(&case.request.target).unwrap(), "{name}");
        compare::escaped(&target, &[',']).unwrap_or_else(|raw| panic!("{name}: {raw}"));

        let expected =
            if operation.flattens() { compare::pairs_by_the_rules(&case.input.query) } else { recorded_query(case) };
        assert_eq!(compare::by_key(compare::pairs(&target).unwrap()), compare::by_key(expected), "{name}");

        let headers: BTreeMap<_, _> =
            request.headers().iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec())).collect();
        assert_eq!(headers, recorded_headers(case), "{name}");

        if case.request.body.is_empty() {
            assert!(request.body().is_empty(), "{name}");
        } else {
            let body = compare::json(request.body()).unwrap();
            let expected = compare::json(case.request.body.as_bytes()).unwrap();
            assert_eq!(body, expected, "{name}");
        }
    }
}
