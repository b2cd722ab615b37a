//! `smithy_requests.json`: requests of Smithy's restJson1 protocol.

use super::{Built, Skipped, send};
use serde::Deserialize;
use stackone::chrono::DateTime;
use stackone_tests::{any::Any, compare};
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct File {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
struct Case {
    id: String,
    method: String,
    uri_template: String,
    bindings: Vec<Binding>,
    params: Any,
    expected: Expected,
}

#[derive(Deserialize)]
struct Binding {
    member: String,
    #[serde(rename = "in")]
    place: String,
    wire_name: Option<String>,
    #[serde(rename = "type")]
    ty: Type,
    #[serde(rename = "timestampFormat")]
    timestamp_format: Option<String>,
}

#[derive(Deserialize)]
struct Type {
    kind: String,
    /// Of a list.
    member: Option<Box<Type>>,
    /// Of a map.
    value: Option<Box<Type>>,
    /// Of a structure or union.
    members: Option<BTreeMap<String, Type>>,
    json_name: Option<String>,
    #[serde(rename = "timestampFormat")]
    timestamp_format: Option<String>,
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
    body: Option<String>,
    body_media_type: Option<String>,
}

/// A member on the wire: timestamps in the format of the binding, members by their JSON names.
fn render(value: &Any, ty: &Type, format: Option<&str>) -> Any {
    let format = ty.timestamp_format.as_deref().or(format);
    match (&*ty.kind, value) {
        ("timestamp", Any::Unsigned(seconds)) => {
            let instant = DateTime::from_timestamp(i64::try_from(*seconds).unwrap(), 0).unwrap();
            match format {
                Some("date-time") => Any::from(&*serde_json::to_value(instant).unwrap().as_str().unwrap().to_owned()),
                Some("http-date") => Any::from(&*instant.format("%a, %d %b %Y %H:%M:%S GMT").to_string()),
                _ => Any::Unsigned(*seconds),
            }
        }
        ("list", Any::List(items)) => {
            let member = ty.member.as_ref().unwrap();
            let items: Vec<Any> = items.iter().map(|item| render(item, member, format)).collect();
            if format == Some("http-date") {
                // A date contains a comma, which a list of strings would quote. Such a list serializes itself.
                let dates: Vec<&str> = items.iter().filter_map(Any::as_str).collect();
                return Any::from(&*dates.join(", "));
            }
            Any::List(items)
        }
        ("map", Any::Object(entries)) => {
            let of = ty.value.as_ref().unwrap();
            Any::Object(entries.iter().map(|(key, value)| (key.clone(), render(value, of, format))).collect())
        }
        ("structure" | "union", Any::Object(entries)) => {
            let entries = entries.iter().map(|(key, value)| {
                let member = ty.members.as_ref().and_then(|members| members.get(key));
                let name = member.and_then(|member| member.json_name.clone()).unwrap_or_else(|| key.clone());
                (name, member.map_or_else(|| value.clone(), |member| render(value, member, format)))
            });
            Any::Object(entries.collect())
        }
        _ => value.clone(),
    }
}

impl Case {
    /// The values by their wire names, and the body.
    fn values(&self) -> (Any, Option<Any>) {
        let mut values = Vec::new();
        let mut fields = Vec::new();
        let mut payload = None;
        for binding in &self.bindings {
            let Some(value) = self.params.get(&binding.member) else { continue };
            let value = render(value, &binding.ty, binding.timestamp_format.as_deref());
            let name = binding.wire_name.clone().unwrap_or_else(|| binding.member.clone());
            match &*binding.place {
                "body" => fields.push((name, value)),
                "payload" => payload = Some(value),
                _ => values.push((name, value)),
            }
        }
        let has_body = self.bindings.iter().any(|binding| binding.place == "body");
        (Any::Object(values), payload.or_else(|| has_body.then_some(Any::Object(fields))))
    }

    /// The request of the declared operation.
    fn send(&self) -> Option<Built> {
        let (values, body) = self.values();
        let values = &values;
        Some(match (&*self.method, &*self.uri_template) {
            ("GET", "/AllQueryStringTypesInput") => send!(values, "GET", "/AllQueryStringTypesInput" {
                #[query("String")] string = "String",
                #[query("StringList")] string_list = "StringList",
                #[query("StringSet")] string_set = "StringSet",
                #[query("Byte")] byte = "Byte",
                #[query("Short")] short = "Short",
                #[query("Integer")] integer = "Integer",
                #[query("IntegerList")] integer_list = "IntegerList",
                #[query("IntegerSet")] integer_set = "IntegerSet",
                #[query("Long")] long = "Long",
                #[query("Float")] float = "Float",
                #[query("Double")] double = "Double",
                #[query("DoubleList")] double_list = "DoubleList",
                #[query("Boolean")] boolean = "Boolean",
                #[query("BooleanList")] boolean_list = "BooleanList",
                #[query("Timestamp")] timestamp = "Timestamp",
                #[query("TimestampList")] timestamp_list = "TimestampList",
                #[query("Enum")] enumeration = "Enum",
                #[query("EnumList")] enum_list = "EnumList",
                #[query("IntegerEnum")] integer_enum = "IntegerEnum",
                #[query("IntegerEnumList")] integer_enum_list = "IntegerEnumList",
            }),
            ("GET", "/ConstantAndVariableQueryString?foo=bar") => {
                // A constant parameter is a field whose value is always the same.
                let constant = ("foo".to_owned(), Any::from("bar"));
                let values = Any::Object([&[constant], values.entries()].concat());
                send!(&values, "GET", "/ConstantAndVariableQueryString" {
                    #[query] foo = "foo",
                    #[query] baz = "baz",
                    #[query("maybeSet")] maybe_set = "maybeSet",
                })
            }
            ("PUT", "/DocumentTypeAsPayload") => send!(values, "PUT", "/DocumentTypeAsPayload" {}, body: body),
            ("PUT", "/HttpPayloadWithUnion") => send!(values, "PUT", "/HttpPayloadWithUnion" {}, body: body),
            (
                "GET",
                "/HttpRequestWithLabels/{string}/{short}/{integer}/{long}/{float}/{double}/{boolean}/{timestamp}",
            ) => {
                send!(values, "GET", "/HttpRequestWithLabels/{string}/{short}/{integer}/{long}/{float}/{double}/{boolean}/{timestamp}" {
                    #[path] string = "string",
                    #[path] short = "short",
                    #[path] integer = "integer",
                    #[path] long = "long",
                    #[path] float = "float",
                    #[path] double = "double",
                    #[path] boolean = "boolean",
                    #[path] timestamp = "timestamp",
                })
            }
            ("POST", "/InputAndOutputWithHeaders") => send!(values, "POST", "/InputAndOutputWithHeaders" {
                #[header] x_string = "X-String",
                #[header] x_byte = "X-Byte",
                #[header] x_short = "X-Short",
                #[header] x_integer = "X-Integer",
                #[header] x_long = "X-Long",
                #[header] x_float = "X-Float",
                #[header] x_double = "X-Double",
                #[header("X-Boolean1")] x_boolean_1 = "X-Boolean1",
                #[header("X-Boolean2")] x_boolean_2 = "X-Boolean2",
                #[header("X-StringList")] x_string_list = "X-StringList",
                #[header("X-StringSet")] x_string_set = "X-StringSet",
                #[header("X-IntegerList")] x_integer_list = "X-IntegerList",
                #[header("X-BooleanList")] x_boolean_list = "X-BooleanList",
                #[header("X-TimestampList")] x_timestamp_list = "X-TimestampList",
                #[header] x_enum = "X-Enum",
                #[header("X-EnumList")] x_enum_list = "X-EnumList",
                #[header("X-IntegerEnum")] x_integer_enum = "X-IntegerEnum",
                #[header("X-IntegerEnumList")] x_integer_enum_list = "X-IntegerEnumList",
            }),
            ("POST", "/JsonTimestamps") => send!(values, "POST", "/JsonTimestamps" {}, body: body),
            ("POST", "/NoInputAndOutputOutput") => send!(values, "POST", "/NoInputAndOutputOutput" {}),
            ("POST", "/OmitsSerializingEmptyLists") => send!(values, "POST", "/OmitsSerializingEmptyLists" {
                #[query("StringList")] string_list = "StringList",
                #[query("IntegerList")] integer_list = "IntegerList",
                #[query("DoubleList")] double_list = "DoubleList",
                #[query("BooleanList")] boolean_list = "BooleanList",
                #[query("TimestampList")] timestamp_list = "TimestampList",
                #[query("EnumList")] enum_list = "EnumList",
                #[query("IntegerEnumList")] integer_enum_list = "IntegerEnumList",
            }),
            ("POST", "/PostPlayerAction") => send!(values, "POST", "/PostPlayerAction" {}, body: body),
            ("PUT", "/SimpleScalarProperties") => send!(values, "PUT", "/SimpleScalarProperties" {
                #[header] x_foo = "X-Foo",
            }, body: body),
            ("PUT", "/SparseJsonLists") => send!(values, "PUT", "/SparseJsonLists" {}, body: body),
            ("POST", "/SparseJsonMaps") => send!(values, "POST", "/SparseJsonMaps" {}, body: body),
            ("POST", "/body") => {
                send!(values, "POST", "/body" { #[header] x_amz_test_id = "x-amz-test-id" }, body: body)
            }
            ("GET", "/no_payload") => send!(values, "GET", "/no_payload" { #[header] x_amz_test_id = "X-Amz-Test-Id" }),
            ("POST", "/payload") => {
                send!(values, "POST", "/payload" { #[header] x_amz_test_id = "x-amz-test-id" }, body: body)
            }
            _ => return None,
        })
    }
}

/// The transport adds `Content-Length`, so that `requireHeaders` is not checked.
#[test]
fn smithy_requests() {
    let file: File = serde_json::from_str(include_str!("../../wire/smithy_requests.json")).unwrap();
    let mut skipped = Skipped::new(&[(
        "RestJsonHostWithPath",
        "the client puts a request under its base URL, whose path is its own",
    )]);
    for case in file.cases {
        let id = &case.id;
        if skipped.skips(id) {
            continue;
        }
        let built =
            case.send().unwrap_or_else(|| panic!("{id}: {} {} is not declared", case.method, case.uri_template));
        let request = built.unwrap_or_else(|error| panic!("{id}: {error}"));
        let expected = &case.expected;
        assert_eq!(request.method().as_str(), expected.method, "{id}");
        assert_eq!(request.uri().path(), expected.uri, "{id}");
        let sent = compare::by_key(compare::pairs(&request.uri().to_string()).unwrap());
        let query = compare::pairs_of(&expected.query_params.join("&")).unwrap();
        assert_eq!(sent, compare::by_key(query), "{id}");
        for (name, value) in &expected.headers {
            // A comma here, and a comma with a space in the case: the same list (RFC 9110, section 5.6.1).
            let list = |text: &str| text.replace(", ", ",");
            assert_eq!(list(request.headers()[name].to_str().unwrap()), list(value), "{id}: {name}");
        }
        for name in &expected.forbid_headers {
            assert!(!request.headers().contains_key(name), "{id}: {name}");
        }
        match (&expected.body, expected.body_media_type.as_deref()) {
            (Some(body), Some("application/json")) => {
                let [sent, expected] =
                    [request.body(), body.as_bytes()].map(|json| serde_json::from_slice(json).unwrap());
                assert!(compare::same_json(&sent, &expected), "{id}: {sent}\nis not {expected}");
            }
            (Some(body), _) => assert_eq!(request.body(), body, "{id}"),
            (None, _) => {}
        }
    }
    skipped.finish();
}
