//! Samples made from each schema of the description are read as its type, and written back equal.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod types;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use stackone_tests::compare::with_floats;
use std::sync::LazyLock;

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../openapi/stackone.json")).unwrap());

/// Which sample of a schema.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sample {
    /// Every field, with a value of its type.
    Full,
    /// Every field that is not required is null.
    Null,
    /// Every scalar is of another kind, and lists contain null.
    Odd,
    /// Every enum has a value that the description does not know.
    UnknownEnum,
}

fn schema(name: &str) -> &'static Value {
    &DOCUMENT["components"]["schemas"][name]
}

fn sample(schema: &Value, sample: Sample) -> Value {
    let of = |schema: &Value| self::sample(schema, sample);
    if let Some(reference) = schema["$ref"].as_str() {
        return of(self::schema(reference.rsplit('/').next().unwrap()));
    }
    if let Some(part) = schema["allOf"].get(0) {
        return of(part);
    }
    // The first type of a choice that is not any JSON is enough: each type has its own samples.
    if let Some(part) = schema["oneOf"].get(0) {
        return self::sample(part, if sample == Sample::Odd { Sample::Full } else { sample });
    }
    let odd = sample == Sample::Odd;
    match schema["type"].as_str() {
        Some("object") => schema["properties"].as_object().map_or_else(
            || json!({"k": {"n": [null, 1.5]}}),
            |properties| {
                let required = schema["required"].as_array();
                let is_required = |name: &str| required.is_some_and(|names| names.iter().any(|it| it == name));
                let field = |(name, schema): (&String, &Value)| {
                    let null = sample == Sample::Null && !is_required(name);
                    (name.clone(), if null { Value::Null } else { of(schema) })
                };
                Value::Object(properties.iter().map(field).collect())
            },
        ),
        Some("array") if odd => json!([null, of(&schema["items"]), null]),
        Some("array") => json!([of(&schema["items"]), of(&schema["items"])]),
        Some("string") if odd => json!(5),
        Some("string") => match (schema["enum"].get(0), schema["format"].as_str()) {
            (Some(_), _) if sample == Sample::UnknownEnum => json!("a value of tomorrow"),
            (Some(value), _) => value.clone(),
            (None, Some("date-time")) => json!("2021-07-21T14:00:00.000Z"),
            (None, _) => json!("text"),
        },
        Some("boolean") if odd => json!("true"),
        Some("boolean") => json!(true),
        Some("number" | "integer") if odd => json!("7"),
        Some("number" | "integer") => json!(7),
        _ => json!({"any": ["thing"]}),
    }
}

/// Reads and writes the samples of one schema.
fn check<T: Serialize + DeserializeOwned + Clone + PartialEq + std::fmt::Debug>(name: &str) {
    let schema = schema(name);
    let read = |sample: &Value| -> T {
        serde_json::from_str(&sample.to_string()).unwrap_or_else(|error| panic!("{name}: {error} in {sample}"))
    };
    for kind in [Sample::Full, Sample::Odd, Sample::UnknownEnum] {
        let sample = sample(schema, kind);
        let value = read(&sample);
        let written = serde_json::to_value(&value).unwrap();
        assert_eq!(with_floats(written.clone()), with_floats(sample), "{name}, {kind:?}");
        assert_eq!(read(&written), value, "{name}, {kind:?}");
    }
    // A type that is only received forgets the difference between null and absent.
    let nulls = sample(schema, Sample::Null);
    let written = serde_json::to_value(read(&nulls)).unwrap();
    let kept = |value: &Value| {
        let fields = value.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
        fields.map(|(name, value)| (name.clone(), value.clone())).collect::<Map<_, _>>()
    };
    if nulls.is_object() {
        assert_eq!(kept(&written).len(), kept(&nulls).len(), "{name}: {written}\nis not {nulls}");
        let mut unknown = sample(schema, Sample::Full);
        unknown.as_object_mut().unwrap().insert("a field of tomorrow".to_owned(), json!({"a": [1, {}]}));
        assert_eq!(read(&unknown), read(&sample(schema, Sample::Full)), "{name}, with an unknown field");
    }
}

#[test]
fn samples_of_every_schema_are_read_and_written_back() {
    let checked = types::all();
    let schemas = DOCUMENT["components"]["schemas"].as_object().unwrap();
    let missing: Vec<&String> = schemas.keys().filter(|name| !checked.contains(&***name)).collect();
    // The bodies of errors are read by the client. The others are headers and bodies of downloads.
    let others =
        |name: &&&String| !name.ends_with("Response") && !name.starts_with("Download") && **name != "UnifiedError";
    assert_eq!(missing.iter().find(others), None);
    assert!(checked.len() > 540, "{}", checked.len());
}
