//! `headers.json`: header values, header names, and preferences.

use super::declarable;
use serde::{Deserialize, Serialize, Serializer, ser};
use stackone::{Prefer, http::HeaderName, stackone_operation};
use stackone_tests::{any::Any, compare};

#[derive(Deserialize)]
struct File {
    values: Vec<ValueCase>,
    names: Vec<NameCase>,
    prefer: Vec<PreferCase>,
}

fn file() -> File {
    serde_json::from_str(include_str!("../../wire/headers.json")).unwrap()
}

#[derive(Deserialize)]
struct ValueCase {
    id: String,
    value: Any,
    /// The text of the header. An object means that the recorded client drops the value.
    expected: Any,
}

#[stackone_operation(method = "GET", path = "/")]
struct Plain {
    #[header("x-test")]
    value: Any,
}

/// The recorded client sends lists and objects as JSON text. Here the default is OpenAPI's style `simple`.
#[stackone_operation(method = "GET", path = "/")]
struct Json {
    #[header("x-test")]
    value: JsonText,
}

struct JsonText(Any);

impl Serialize for JsonText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&serde_json::to_string(&self.0).map_err(ser::Error::custom)?)
    }
}

#[test]
fn header_values() {
    for ValueCase { id, value, expected } in file().values {
        let built = match value.clone() {
            value @ (Any::List(_) | Any::Object(_)) => Json { value: JsonText(value) }.into_http_request(),
            value => Plain { value }.into_http_request(),
        };
        let sent = match &built {
            Ok(request) => Ok(request.headers().get("x-test").map(|value| compare::latin1(value.as_bytes()))),
            Err(error) => Err(error.field()),
        };
        let expected = match expected.as_str() {
            Some(text) => Ok(Some(text.to_owned())),
            // The recorded client drops these values. Here null is not sent, and the others are errors.
            None if value == Any::Null => Ok(None),
            None => Err(Some("value")),
        };
        assert_eq!(sent, expected, "{id}");
    }
}

#[derive(Deserialize)]
struct NameCase {
    id: String,
}

/// The recorded client takes header names at run time. The compiler checks the names in a declaration (`tests/ui/header`).
#[test]
fn header_names_cannot_be_declared() {
    const RUN_TIME: &str = "a name that is given at run time";
    let declarable = declarable(
        file().names,
        |case| &case.id,
        &[
            ("plain", RUN_TIME),
            ("tab", RUN_TIME),
            ("hair-space", RUN_TIME),
            ("line-separator", RUN_TIME),
            ("gs", RUN_TIME),
            ("rs", RUN_TIME),
            ("nel", RUN_TIME),
            ("zwsp", RUN_TIME),
            ("owned-upper", RUN_TIME),
            ("owned-ua", RUN_TIME),
            ("owned-padded", RUN_TIME),
            ("owned-tab", RUN_TIME),
        ],
    );
    let not_listed: Vec<&str> = declarable.iter().map(|case| &*case.id).collect();
    assert_eq!(not_listed, [""; 0]);
}

#[derive(Deserialize)]
struct PreferCase {
    id: String,
    header: Vec<String>,
    preferences: Vec<Preference>,
    field: Option<String>,
}

/// A name, a value, and parameters.
type Preference = (String, Option<String>, Vec<(String, Option<String>)>);

#[test]
fn preferences_are_parsed() {
    let cases = file().prefer;
    assert!(!cases.is_empty());
    for PreferCase { id, header, preferences: expected, field } in cases {
        let prefer = match field.as_deref() {
            Some("Preference-Applied") => {
                let name = HeaderName::from_static("preference-applied");
                Prefer::applied(&header.iter().map(|value| (name.clone(), value.parse().unwrap())).collect())
            }
            Some(other) => panic!("{id}: {other}"),
            None => header.join(", ").parse().unwrap(),
        };
        // An empty value means no value (RFC 7240, section 2).
        let value = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let parsed: Vec<Preference> = prefer
            .iter()
            .map(|preference| {
                let parameters = preference.parameters().map(|(name, text)| (name.to_owned(), value(text)));
                (preference.name().to_owned(), value(preference.value()), parameters.collect())
            })
            .collect();
        let expected: Vec<Preference> = expected
            .into_iter()
            .map(|(name, text, parameters)| {
                let parameters = parameters.into_iter().map(|(name, text)| (name, text.as_deref().and_then(value)));
                (name, text.as_deref().and_then(value), parameters.collect())
            })
            .collect();
        assert_eq!(parsed, expected, "{id}");
    }
}
