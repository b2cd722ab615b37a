//! `smithy_requests.json`: requests of Smithy's restJson1 protocol. A field of an operation has the name of Smithy's member.
#![expect(clippy::struct_field_names, reason = "Smithy's members have these names")]

use super::{Built, declarable, request};
use serde::{Deserialize, Serialize, Serializer};
use stackone::{
    chrono::{DateTime, Utc},
    stackone_operation,
};
use stackone_tests::{any::Any, compare};
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct File {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    uri_template: String,
    /// The values of the members, by the names of the members.
    params: Any,
    expected: Expected,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Expected {
    method: String,
    uri: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    forbid_headers: Vec<String>,
    #[serde(default)]
    query_params: Vec<String>,
    /// `None` if any body is right.
    body: Option<String>,
    body_media_type: Option<String>,
}

/// A time of a case, in seconds since 1970.
#[derive(Deserialize)]
struct Seconds(i64);

impl Seconds {
    fn time(&self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0, 0).unwrap()
    }

    fn http_date(&self) -> String {
        self.time().format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }
}

/// A time in Smithy's format `date-time`, which is that of chrono.
#[derive(Deserialize)]
struct DateAndTime(Seconds);

impl Serialize for DateAndTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.time().serialize(serializer)
    }
}

/// A time in Smithy's format `http-date`.
#[derive(Deserialize)]
struct HttpDate(Seconds);

impl Serialize for HttpDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.http_date())
    }
}

/// A list of dates in one header. It joins itself, because a date has a comma, and a list of strings would quote it.
#[derive(Deserialize)]
struct HttpDates(Vec<Seconds>);

impl Serialize for HttpDates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let dates: Vec<String> = self.0.iter().map(Seconds::http_date).collect();
        serializer.serialize_str(&dates.join(", "))
    }
}

/// The member `queryParamsMapOfStringList` is not declared: it has the values of the other members again.
#[stackone_operation(method = "GET", path = "/AllQueryStringTypesInput")]
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AllQueryStringTypes {
    #[query("String")]
    query_string: Option<Any>,
    #[query("StringList")]
    query_string_list: Option<Any>,
    #[query("StringSet")]
    query_string_set: Option<Any>,
    #[query("Byte")]
    query_byte: Option<Any>,
    #[query("Short")]
    query_short: Option<Any>,
    #[query("Integer")]
    query_integer: Option<Any>,
    #[query("IntegerList")]
    query_integer_list: Option<Any>,
    #[query("IntegerSet")]
    query_integer_set: Option<Any>,
    #[query("Long")]
    query_long: Option<Any>,
    #[query("Float")]
    query_float: Option<Any>,
    #[query("Double")]
    query_double: Option<Any>,
    #[query("DoubleList")]
    query_double_list: Option<Any>,
    #[query("Boolean")]
    query_boolean: Option<Any>,
    #[query("BooleanList")]
    query_boolean_list: Option<Any>,
    #[query("Timestamp")]
    query_timestamp: Option<DateAndTime>,
    #[query("TimestampList")]
    query_timestamp_list: Option<Vec<DateAndTime>>,
    #[query("Enum")]
    query_enum: Option<Any>,
    #[query("EnumList")]
    query_enum_list: Option<Any>,
    #[query("IntegerEnum")]
    query_integer_enum: Option<Any>,
    #[query("IntegerEnumList")]
    query_integer_enum_list: Option<Any>,
}

/// A declared path has no query. A constant parameter is a field whose value is always the same.
#[stackone_operation(method = "GET", path = "/ConstantAndVariableQueryString")]
#[derive(Deserialize)]
struct ConstantAndVariableQuery {
    #[serde(skip, default = "bar")]
    #[query]
    foo: &'static str,
    #[query]
    baz: Option<Any>,
    #[serde(rename = "maybeSet")]
    #[query("maybeSet")]
    maybe_set: Option<Any>,
}

fn bar() -> &'static str {
    "bar"
}

#[stackone_operation(method = "PUT", path = "/DocumentTypeAsPayload")]
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DocumentTypeAsPayload {
    #[body]
    document_value: Option<Any>,
}

#[stackone_operation(method = "PUT", path = "/HttpPayloadWithUnion")]
#[derive(Deserialize)]
struct HttpPayloadWithUnion {
    #[body]
    nested: Option<Any>,
}

#[stackone_operation(
    method = "GET",
    path = "/HttpRequestWithLabels/{string}/{short}/{integer}/{long}/{float}/{double}/{boolean}/{timestamp}"
)]
#[derive(Deserialize)]
struct HttpRequestWithLabels {
    #[path]
    string: Any,
    #[path]
    short: Any,
    #[path]
    integer: Any,
    #[path]
    long: Any,
    #[path]
    float: Any,
    #[path]
    double: Any,
    #[path]
    boolean: Any,
    #[path]
    timestamp: DateAndTime,
}

#[stackone_operation(method = "POST", path = "/InputAndOutputWithHeaders")]
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InputAndOutputWithHeaders {
    #[header("X-String")]
    header_string: Option<Any>,
    #[header("X-Byte")]
    header_byte: Option<Any>,
    #[header("X-Short")]
    header_short: Option<Any>,
    #[header("X-Integer")]
    header_integer: Option<Any>,
    #[header("X-Long")]
    header_long: Option<Any>,
    #[header("X-Float")]
    header_float: Option<Any>,
    #[header("X-Double")]
    header_double: Option<Any>,
    #[header("X-Boolean1")]
    header_true_bool: Option<Any>,
    #[header("X-Boolean2")]
    header_false_bool: Option<Any>,
    #[header("X-StringList")]
    header_string_list: Option<Any>,
    #[header("X-StringSet")]
    header_string_set: Option<Any>,
    #[header("X-IntegerList")]
    header_integer_list: Option<Any>,
    #[header("X-BooleanList")]
    header_boolean_list: Option<Any>,
    #[header("X-TimestampList")]
    header_timestamp_list: Option<HttpDates>,
    #[header("X-Enum")]
    header_enum: Option<Any>,
    #[header("X-EnumList")]
    header_enum_list: Option<Any>,
    #[header("X-IntegerEnum")]
    header_integer_enum: Option<Any>,
    #[header("X-IntegerEnumList")]
    header_integer_enum_list: Option<Any>,
}

#[stackone_operation(method = "POST", path = "/JsonTimestamps")]
#[derive(Deserialize)]
#[serde(transparent)]
struct JsonTimestamps {
    #[body]
    body: Timestamps,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Timestamps {
    #[serde(skip_serializing_if = "Option::is_none")]
    normal: Option<Any>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_time: Option<DateAndTime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_time_on_target: Option<DateAndTime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    epoch_seconds: Option<Any>,
    #[serde(skip_serializing_if = "Option::is_none")]
    epoch_seconds_on_target: Option<Any>,
    #[serde(skip_serializing_if = "Option::is_none")]
    http_date: Option<HttpDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    http_date_on_target: Option<HttpDate>,
}

#[stackone_operation(method = "POST", path = "/NoInputAndOutputOutput")]
#[derive(Deserialize)]
struct NoInputAndOutput {}

#[stackone_operation(method = "POST", path = "/OmitsSerializingEmptyLists")]
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OmitsSerializingEmptyLists {
    #[query("StringList")]
    query_string_list: Vec<Any>,
    #[query("IntegerList")]
    query_integer_list: Vec<Any>,
    #[query("DoubleList")]
    query_double_list: Vec<Any>,
    #[query("BooleanList")]
    query_boolean_list: Vec<Any>,
    #[query("TimestampList")]
    query_timestamp_list: Vec<DateAndTime>,
    #[query("EnumList")]
    query_enum_list: Vec<Any>,
    #[query("IntegerEnumList")]
    query_integer_enum_list: Vec<Any>,
}

#[stackone_operation(method = "POST", path = "/PostPlayerAction")]
#[derive(Deserialize)]
#[serde(transparent)]
struct PostPlayerAction {
    #[body]
    members: BTreeMap<String, Any>,
}

#[stackone_operation(method = "PUT", path = "/SimpleScalarProperties")]
#[derive(Deserialize)]
struct SimpleScalarProperties {
    #[header("X-Foo")]
    foo: Option<Any>,
    #[serde(flatten)]
    #[body]
    scalars: Scalars,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Scalars {
    #[serde(skip_serializing_if = "Option::is_none")]
    string_value: Option<Any>,
    #[serde(skip_serializing_if = "Option::is_none")]
    true_boolean_value: Option<Any>,
    #[serde(skip_serializing_if = "Option::is_none")]
    false_boolean_value: Option<Any>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte_value: Option<Any>,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_value: Option<Any>,
    #[serde(skip_serializing_if = "Option::is_none")]
    integer_value: Option<Any>,
    #[serde(skip_serializing_if = "Option::is_none")]
    long_value: Option<Any>,
    #[serde(skip_serializing_if = "Option::is_none")]
    float_value: Option<Any>,
    #[serde(rename(serialize = "DoubleDribble"), skip_serializing_if = "Option::is_none")]
    double_value: Option<Any>,
}

#[stackone_operation(method = "PUT", path = "/SparseJsonLists")]
#[derive(Deserialize)]
#[serde(transparent)]
struct SparseJsonLists {
    #[body]
    members: BTreeMap<String, Any>,
}

#[stackone_operation(method = "POST", path = "/SparseJsonMaps")]
#[derive(Deserialize)]
#[serde(transparent)]
struct SparseJsonMaps {
    #[body]
    members: BTreeMap<String, Any>,
}

#[stackone_operation(method = "POST", path = "/body")]
#[derive(Deserialize)]
struct TestBody {
    #[serde(rename = "testId")]
    #[header("x-amz-test-id")]
    test_id: Option<Any>,
    #[serde(flatten)]
    #[body]
    members: BTreeMap<String, Any>,
}

#[stackone_operation(method = "GET", path = "/no_payload")]
#[derive(Deserialize)]
struct TestNoPayload {
    #[serde(rename = "testId")]
    #[header("X-Amz-Test-Id")]
    test_id: Option<Any>,
}

#[stackone_operation(method = "POST", path = "/payload")]
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TestPayload {
    #[header("x-amz-test-id")]
    test_id: Option<Any>,
    #[body]
    payload_config: Option<Any>,
}

fn build(Case { id, uri_template, params, .. }: &Case) -> Built {
    match &**uri_template {
        "/AllQueryStringTypesInput" => request::<AllQueryStringTypes>(params),
        "/ConstantAndVariableQueryString?foo=bar" => request::<ConstantAndVariableQuery>(params),
        "/DocumentTypeAsPayload" => request::<DocumentTypeAsPayload>(params),
        "/HttpPayloadWithUnion" => request::<HttpPayloadWithUnion>(params),
        "/HttpRequestWithLabels/{string}/{short}/{integer}/{long}/{float}/{double}/{boolean}/{timestamp}" => {
            request::<HttpRequestWithLabels>(params)
        }
        "/InputAndOutputWithHeaders" => request::<InputAndOutputWithHeaders>(params),
        "/JsonTimestamps" => request::<JsonTimestamps>(params),
        "/NoInputAndOutputOutput" => request::<NoInputAndOutput>(params),
        "/OmitsSerializingEmptyLists" => request::<OmitsSerializingEmptyLists>(params),
        "/PostPlayerAction" => request::<PostPlayerAction>(params),
        "/SimpleScalarProperties" => request::<SimpleScalarProperties>(params),
        "/SparseJsonLists" => request::<SparseJsonLists>(params),
        "/SparseJsonMaps" => request::<SparseJsonMaps>(params),
        "/body" => request::<TestBody>(params),
        "/no_payload" => request::<TestNoPayload>(params),
        "/payload" => request::<TestPayload>(params),
        other => panic!("{id}: {other} is not declared"),
    }
}

/// `requireHeaders` is not compared: its only name is `Content-Length`, which the transport adds.
#[test]
fn smithy_requests() {
    let file: File = serde_json::from_str(include_str!("../../wire/smithy_requests.json")).unwrap();
    let cases = declarable(
        file.cases,
        |case| &case.id,
        &[("RestJsonHostWithPath", "the path of the base URL belongs to the client")],
    );
    for case in cases {
        let id = &case.id;
        let request = build(&case).unwrap_or_else(|error| panic!("{id}: {error}"));
        let expected = case.expected;
        assert_eq!(request.method().as_str(), expected.method, "{id}");
        assert_eq!(request.uri().path(), expected.uri, "{id}");

        let sent = compare::pairs(&request.uri().to_string()).unwrap();
        let query = compare::pairs_of(&expected.query_params.join("&")).unwrap();
        assert_eq!(compare::by_key(sent), compare::by_key(query), "{id}");

        for (name, value) in &expected.headers {
            // A comma and a comma with a space separate the same items (RFC 9110, section 5.6.1).
            let sent = request.headers()[name].to_str().unwrap().replace(", ", ",");
            assert_eq!(sent, value.replace(", ", ","), "{id}: {name}");
        }
        for name in &expected.forbid_headers {
            assert!(!request.headers().contains_key(name), "{id}: {name}");
        }

        let Some(body) = expected.body else { continue };
        if expected.body_media_type.as_deref() == Some("application/json") {
            let [sent, expected] = [request.body(), body.as_bytes()].map(|json| compare::json(json).unwrap());
            assert_eq!(sent, expected, "{id}");
        } else {
            assert_eq!(request.body(), &body, "{id}");
        }
    }
}
