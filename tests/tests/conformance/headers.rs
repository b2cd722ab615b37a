//! `headers.json`: header values.

use super::{Built, Skipped, send};
use serde::{Deserialize, Serialize, Serializer, ser};
use stackone::{Prefer, http::HeaderName};
use stackone_tests::{any::Any, compare};

#[derive(Deserialize)]
struct File {
    values: Vec<Case>,
    names: Vec<Any>,
    prefer: Vec<ListCase>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    value: Any,
    expected: Any,
}

/// A name, a value, and parameters.
type Preference = (String, Option<String>, Vec<(String, Option<String>)>);

#[derive(Deserialize)]
struct ListCase {
    id: String,
    header: Vec<String>,
    preferences: Vec<Preference>,
    field: Option<String>,
}

fn file() -> File {
    serde_json::from_str(include_str!("../../wire/headers.json")).unwrap()
}

/// A value that is sent as its JSON text, as the recorded client sends lists and objects in headers. It needs its own type,
/// because the default style is OpenAPI's `simple`.
struct JsonText(Any);

impl Serialize for JsonText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&serde_json::to_string(&self.0).map_err(ser::Error::custom)?)
    }
}

fn send_json(value: &Any) -> Built {
    #[stackone::stackone_operation(method = "GET", path = "/")]
    struct Request {
        #[header("x-test")]
        value: JsonText,
    }
    Request::builder().value(JsonText(value.clone())).build().into_http_request()
}

#[test]
fn values() {
    for Case { id, value, expected } in file().values {
        let built = if matches!(value, Any::List(_) | Any::Object(_)) {
            send_json(&value)
        } else {
            let values = Any::Object(vec![("value".to_owned(), value.clone())]);
            send!(&values, "GET", "/" { #[header("x-test")] value = "value" })
        };
        match (expected.as_str(), built) {
            (Some(expected), Ok(request)) => {
                assert_eq!(compare::latin1(request.headers()["x-test"].as_bytes()), expected, "{id}");
            }
            // The recorded client drops values that it cannot send. Here null is not sent, and other values are refused.
            (None, Ok(request)) => {
                assert_eq!(value, Any::Null, "{id}");
                assert!(!request.headers().contains_key("x-test"), "{id}");
            }
            (None, Err(error)) => assert_eq!(error.field(), Some("value"), "{id}: {error}"),
            (Some(_), Err(error)) => panic!("{id}: {error}"),
        }
    }
}

#[test]
fn the_other_header_cases_are_tested_elsewhere() {
    let file = file();
    let id = |case: &Any| case.get("id").and_then(Any::as_str).unwrap().to_owned();
    assert!(!file.names.is_empty());
    let mut skipped = Skipped::new(&[
        ("plain", NAMES),
        ("tab", NAMES),
        ("hair-space", NAMES),
        ("line-separator", NAMES),
        ("gs", NAMES),
        ("rs", NAMES),
        ("nel", NAMES),
        ("zwsp", NAMES),
        ("owned-upper", NAMES),
        ("owned-ua", NAMES),
        ("owned-padded", NAMES),
        ("owned-tab", NAMES),
    ]);
    for case in &file.names {
        assert!(skipped.skips(&id(case)), "{} is not listed", id(case));
    }
    skipped.finish();
}

const NAMES: &str = "names given at run time: a declaration's are checked by the compiler (tests/ui)";

/// Parsing lists of preferences, in both headers.
#[test]
fn prefer() {
    let file = file();
    assert!(!file.prefer.is_empty());
    for ListCase { id, header, preferences, field } in file.prefer {
        let read = if field.as_deref() == Some("Preference-Applied") {
            let name = HeaderName::from_static("preference-applied");
            Prefer::applied(&header.iter().map(|value| (name.clone(), value.parse().unwrap())).collect())
        } else {
            assert_eq!(field, None, "{id}");
            header.join(", ").parse().unwrap()
        };
        let read: Vec<Preference> = read
            .iter()
            .map(|preference| {
                let some = |value: &str| Some(value.to_owned());
                let parameters = preference.parameters().map(|(name, value)| (name.to_owned(), some(value)));
                (preference.name().to_owned(), some(preference.value()), parameters.collect())
            })
            .collect();
        // An empty value means no value.
        let none_is_empty = |value: Option<String>| value.or(Some(String::new()));
        let expected: Vec<Preference> = preferences
            .into_iter()
            .map(|(name, value, parameters)| {
                let parameters = parameters.into_iter().map(|(name, value)| (name, none_is_empty(value)));
                (name, none_is_empty(value), parameters.collect())
            })
            .collect();
        assert_eq!(read, expected, "{id}");
    }
}
