//! Samples made from each schema of the description are read as its type, and written back equal.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/sample.rs"]
mod sample;
mod types;

use sample::{DOCUMENT, Sample, sample, schema};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use stackone_tests::compare::with_floats;

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
