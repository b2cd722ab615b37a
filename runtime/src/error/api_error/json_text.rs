//! The message in a JSON error of any shape, even if the document is cut or not quite Unicode.

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// The message of an error object: the first of the known fields that has a text.
pub(super) fn message(fields: &Map<String, Value>) -> Option<String> {
    ["message", "error", "detail", "error_description", "errors", "title"]
        .iter()
        .find_map(|name| fields.get(*name).and_then(text_in))
        .or_else(|| fields.get("message").filter(|message| message.is_number()).map(Value::to_string))
}

/// The text in a value that stands where a message is expected: its own text, its message, or those of its items.
pub(super) fn text_in(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().filter_map(text_in).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => ["message", "detail", "description", "error", "errors", "title", "code"]
            .iter()
            .find_map(|name| text_in(fields.get(*name)?))
            .unwrap_or_else(|| texts_by_field(fields)),
        _ => return None,
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

/// The texts about each field, as in `{"name": ["is short"]}`.
fn texts_by_field(fields: &Map<String, Value>) -> String {
    let texts = fields.iter().filter(|(_, value)| !value.is_string());
    texts.filter_map(|(name, value)| Some(format!("{name}: {}", text_in(value)?))).collect::<Vec<_>>().join("; ")
}

/// Replaces each unpaired surrogate escape, which is not text, by the replacement character.
pub(super) fn replace_unpaired_surrogates(json: &str) -> String {
    let mut replaced = json.to_owned();
    let mut at = 0;
    let next_escape = |json: &str, at| Some(at + json.as_bytes().get(at..)?.iter().position(|byte| *byte == b'\\')?);
    while let Some(escape) = next_escape(&replaced, at) {
        at = match (code_unit(&replaced, escape), code_unit(&replaced, escape + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => escape + 12,
            (Some(0xD800..=0xDFFF), _) => {
                replaced.replace_range(escape..escape + 6, "\\ufffd");
                escape + 6
            }
            _ => escape + 2,
        };
    }
    replaced
}

/// The code unit of the escape at this offset.
fn code_unit(json: &str, at: usize) -> Option<u16> {
    u16::from_str_radix(json.get(at..at + 6)?.strip_prefix("\\u")?, 16).ok()
}

/// The fields of an object before the place where it is cut or invalid.
pub(super) fn complete_fields(json: &str) -> Map<String, Value> {
    struct Fields<'a>(&'a mut Map<String, Value>);

    impl<'de> Visitor<'de> for Fields<'_> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while let Some((name, value)) = map.next_entry()? {
                self.0.insert(name, value);
            }
            Ok(())
        }
    }

    let mut fields = Map::new();
    // The error is expected. The fields before it are kept.
    let _ = serde_json::Deserializer::from_str(json).deserialize_map(Fields(&mut fields));
    fields
}

/// The first complete message inside a field that is cut.
pub(super) fn nested_message(text: &str) -> Option<String> {
    ["\"message\"", "\"error\"", "\"detail\""].iter().find_map(|name| {
        let rest = text.split_once(name)?.1.trim_ascii_start().strip_prefix(':')?;
        serde_json::Deserializer::from_str(rest).into_iter::<String>().next()?.ok()
    })
}
