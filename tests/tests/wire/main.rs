//! `wire.json`: requests that the official client of the API sent. The operations in `tests/src/operations` build each request
//! again, from the same input. Both requests must have the same meaning.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use stackone::{Error, Operation, bytes::Bytes, operation::Metadata};
use stackone_tests::{
    compare,
    operations::{
        accounts::*,
        documents::*,
        hris::*,
        lms::{assignments::*, catalog::*, completions::*, content::*, users::*},
    },
};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Deserialize)]
struct File {
    operations: Vec<Described>,
    requests: Vec<Case>,
}

/// The file. `tests/wire/README.md` names its source.
fn file() -> File {
    serde_json::from_str(include_str!("../../wire/wire.json")).unwrap()
}

/// An operation in the description of the API.
#[derive(Deserialize)]
struct Described {
    operation_id: String,
    method: String,
    path_template: String,
    accept: String,
    params: Vec<Parameter>,
}

#[derive(Deserialize)]
struct Parameter {
    wire_name: String,
    #[serde(rename = "in")]
    location: String,
    style: String,
    required: bool,
}

/// An input and the request that the official client sent for it.
#[derive(Deserialize)]
struct Case {
    operation_id: String,
    variant: String,
    input: Input,
    request: Recorded,
    /// Parameters that the official client adds itself. A query parameter starts with `?`.
    #[serde(default)]
    defaults_added: Vec<String>,
}

/// The values of the parameters, by their wire names, and the body.
#[derive(Deserialize)]
struct Input {
    path: Map<String, Value>,
    query: Map<String, Value>,
    header: Map<String, Value>,
    body: Value,
}

#[derive(Deserialize)]
struct Recorded {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: String,
}

/// The operations of the file.
fn declarations() -> Vec<Declared> {
    vec![
        declared::<StackoneListLinkedAccountsRequest>(),
        declared::<DocumentsDownloadFileRequest>(),
        declared::<HrisListEmployeesRequest>(),
        declared::<LmsBatchUpsertContentRequest>(),
        declared::<LmsCreateUserAssignmentRequest>(),
        declared::<LmsCreateUserCompletionRequest>(),
        declared::<LmsDeleteUserCompletionRequest>(),
        declared::<LmsGetAssignmentRequest>(),
        declared::<LmsGetCategoryRequest>(),
        declared::<LmsGetCompletionRequest>(),
        declared::<LmsGetContentRequest>(),
        declared::<LmsGetCourseRequest>(),
        declared::<LmsGetSkillRequest>(),
        declared::<LmsGetUserRequest>(),
        declared::<LmsGetUserAssignmentRequest>(),
        declared::<LmsGetUserCompletionRequest>(),
        declared::<LmsListAssignmentsRequest>(),
        declared::<LmsListCategoriesRequest>(),
        declared::<LmsListCompletionsRequest>(),
        declared::<LmsListContentRequest>(),
        declared::<LmsListCoursesRequest>(),
        declared::<LmsListSkillsRequest>(),
        declared::<LmsListUserAssignmentsRequest>(),
        declared::<LmsListUserCompletionsRequest>(),
        declared::<LmsListUsersRequest>(),
        declared::<LmsUpsertContentRequest>(),
    ]
}

struct Declared {
    metadata: &'static Metadata,
    build: fn(&Input) -> Result<http::Request<Bytes>, Error>,
}

/// An operation whose fields are deserialized from the input.
fn declared<O: Operation + DeserializeOwned>() -> Declared {
    Declared { metadata: O::metadata(), build: |input| read::<O>(&input.fields()).to_http_request() }
}

fn read<T: DeserializeOwned>(value: &Value) -> T {
    T::deserialize(value).unwrap_or_else(|error| panic!("{error} in {value}"))
}

impl Input {
    /// The values by the names of the fields, with the body as the field `body`.
    fn fields(&self) -> Value {
        let parameters = self.path.iter().chain(&self.query).chain(&self.header);
        let mut fields: Map<_, _> = parameters.map(|(name, value)| (field_name(name), value.clone())).collect();
        fields.insert("body".to_owned(), self.body.clone());
        Value::Object(fields)
    }
}

/// The field with a wire name: `x_account_id` for `x-account-id`, and `sub_resource_id` for `subResourceId`.
fn field_name(wire_name: &str) -> String {
    let mut name = String::new();
    for character in wire_name.chars() {
        if character.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(if character == '-' { '_' } else { character.to_ascii_lowercase() });
    }
    name
}

#[test]
fn every_operation_is_declared_as_the_api_describes_it() {
    let described = file().operations;
    assert_eq!(described.len(), 26);
    let declarations = declarations();
    let ids: BTreeSet<&str> = declarations.iter().map(|declared| declared.metadata.id()).collect();
    assert_eq!(ids, described.iter().map(|operation| &*operation.operation_id).collect());

    for Described { operation_id: id, method, path_template, accept, params } in &described {
        let metadata = declarations.iter().find(|declared| declared.metadata.id() == id).unwrap().metadata;
        assert_eq!(metadata.method().as_str(), method, "{id}");
        assert_eq!(metadata.path(), path_template, "{id}");
        assert_eq!(metadata.response().accept(), accept, "{id}");

        let declared = metadata.parameters().iter().map(|parameter| {
            let location = format!("{:?}", parameter.location()).to_lowercase();
            (location, parameter.name().to_owned(), parameter.is_required())
        });
        let described = params.iter().map(|Parameter { location, wire_name, required, .. }| {
            let name = if location == "header" { wire_name.to_lowercase() } else { wire_name.clone() };
            (location.clone(), name, *required)
        });
        assert_eq!(declared.collect::<BTreeSet<_>>(), described.collect(), "{id}");
    }
}

#[test]
fn every_request_means_the_same_as_the_recorded_one() {
    let file = file();
    assert_eq!(file.requests.len(), 78);
    let declarations = declarations();
    for case in &file.requests {
        let Case { operation_id: id, variant, input, request: recorded, .. } = case;
        let declared = declarations.iter().find(|declared| declared.metadata.id() == id);
        let declared = declared.unwrap_or_else(|| panic!("{id} is not declared"));
        let described = file.operations.iter().find(|described| described.operation_id == *id).unwrap();
        let request = (declared.build)(input).unwrap_or_else(|error| panic!("{id} {variant}: {error}"));

        assert_eq!(request.method().as_str(), recorded.method, "{id} {variant}");

        let target = request.uri().to_string();
        assert_eq!(compare::escaped(&target, &[]), Ok(()), "{id} {variant}");
        assert_eq!(compare::segments(&target).unwrap(), compare::segments(&recorded.target).unwrap(), "{id} {variant}");

        let query = compare::by_key(compare::pairs(&target).unwrap());
        let expected =
            if described.flattens() { compare::pairs_by_the_rules(&input.query) } else { recorded_query(case) };
        assert_eq!(query, compare::by_key(expected), "{id} {variant}");

        let headers = request.headers().iter().map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()));
        assert_eq!(headers.collect::<BTreeMap<_, _>>(), recorded_headers(recorded), "{id} {variant}");

        if recorded.body.is_empty() {
            assert_eq!(request.body(), "", "{id} {variant}");
        } else {
            let [body, expected] = [request.body(), recorded.body.as_bytes()].map(|json| compare::json(json).unwrap());
            assert_eq!(body, expected, "{id} {variant}");
        }
    }
}

/// The recorded query without the parameters that the official client adds.
fn recorded_query(case: &Case) -> Vec<(String, String)> {
    let mut pairs = compare::pairs(&case.request.target).unwrap();
    for added in &case.defaults_added {
        let added = added.strip_prefix('?').unwrap_or_else(|| panic!("{added} is not a query parameter"));
        pairs.retain(|(key, _)| key != added);
    }
    pairs
}

/// The recorded headers without the credentials, which the client adds. A character of a value is one byte.
fn recorded_headers(recorded: &Recorded) -> BTreeMap<String, Vec<u8>> {
    let headers = recorded.headers.iter().filter(|(name, _)| name != "authorization");
    let latin1 = |text: &str| text.chars().map(|character| u8::try_from(character).unwrap()).collect();
    headers.map(|(name, value)| (name.to_ascii_lowercase(), latin1(value))).collect()
}

impl Described {
    /// Whether the official client sends the keys of an object as parameters, where keys of two objects can clash. Here an
    /// object is `deepObject` in every operation, as in the description of the API.
    fn flattens(&self) -> bool {
        let object = |parameter: &Parameter| ["filter", "proxy"].contains(&&*parameter.wire_name);
        self.params.iter().any(|parameter| object(parameter) && parameter.style == "form")
    }
}

/// `pairs_by_the_rules` stands in for some recorded queries. It must equal the recorded query of every operation whose objects
/// the official client does not flatten.
#[test]
fn the_rules_give_the_recorded_query_of_nested_objects() {
    let file = file();
    let nests = |described: &&Described| {
        described.params.iter().any(|parameter| parameter.style == "deepObject") && !described.flattens()
    };
    let ids: BTreeSet<&str> = file.operations.iter().filter(nests).map(|described| &*described.operation_id).collect();
    let cases: Vec<&Case> = file.requests.iter().filter(|case| ids.contains(&*case.operation_id)).collect();
    assert!(cases.len() >= 20, "{}", cases.len());
    for case in cases {
        let by_the_rules = compare::by_key(compare::pairs_by_the_rules(&case.input.query));
        assert_eq!(by_the_rules, compare::by_key(recorded_query(case)), "{} {}", case.operation_id, case.variant);
    }
}
