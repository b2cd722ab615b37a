//! Samples of the schemas of the description.
#![allow(dead_code, unreachable_pub, reason = "each test uses a part")]

use serde_json::{Value, json};
use std::sync::LazyLock;

/// The description.
pub static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../openapi/stackone.json")).unwrap());

/// Which sample of a schema.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sample {
    /// Every field, with a value of its type.
    Full,
    /// Every field that is not required is null.
    Null,
    /// Every scalar is of another kind, and lists contain null.
    Odd,
    /// Every enum has a value that the description does not know.
    UnknownEnum,
}

/// The schema with this name.
pub fn schema(name: &str) -> &'static Value {
    &DOCUMENT["components"]["schemas"][name]
}

/// A sample of a schema.
pub fn sample(schema: &Value, sample: Sample) -> Value {
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
