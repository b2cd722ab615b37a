//! `headers.json`: header values.

use super::{Built, Skipped, send};
use serde::{Deserialize, Serialize, Serializer, ser};
use stackone_tests::{any::Any, compare};

#[derive(Deserialize)]
struct File {
    values: Vec<Case>,
    names: Vec<Any>,
    prefer: Vec<Any>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    value: Any,
    expected: Any,
}

fn file() -> File {
    serde_json::from_str(include_str!("../../wire/headers.json")).unwrap()
}

/// A value that goes out as its JSON text: what that client does with lists and objects in headers. It takes a type
/// of one's own, as the style is OpenAPI's `simple` by itself.
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
            // That client drops what it cannot send. Here null alone means nothing to send; the rest is refused.
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
fn what_is_no_header_of_a_declaration_is_elsewhere() {
    let file = file();
    let id = |case: &Any| case.get("id").and_then(Any::as_str).unwrap().to_owned();
    assert!(!file.names.is_empty() && !file.prefer.is_empty());
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
        ("example-3", PREFER),
        ("one-field-same-meaning", PREFER),
        ("applied", PREFER),
        ("heartbeat", PREFER),
    ]);
    for case in file.names.iter().chain(&file.prefer) {
        assert!(skipped.skips(&id(case)), "{} is not listed", id(case));
    }
    skipped.finish();
}

const NAMES: &str = "names given at run time: a declaration's are checked by the compiler (tests/ui)";
const PREFER: &str = "how a `Prefer` value is read: its own tests";
