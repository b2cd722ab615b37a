//! The value of one field of a JSON object, without parsing the others into values.

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Whether the document is an object whose field `name` has a value for which `is_match` returns `true`.
///
/// # Errors
///
/// The error of a document that is incomplete or not JSON.
pub(super) fn has_field(document: &[u8], name: &str, is_match: &dyn Fn(&Value) -> bool) -> serde_json::Result<bool> {
    let mut deserializer = serde_json::Deserializer::from_slice(document);
    let found = deserializer.deserialize_any(Field { name, is_match })?;
    // An error must not be taken for a success because bytes follow it.
    if found { Ok(true) } else { deserializer.end().map(|()| false) }
}

struct Field<'a> {
    name: &'a str,
    is_match: &'a dyn Fn(&Value) -> bool,
}

macro_rules! no_object {
    ($($method:ident($($value:ty)?))*) => {
        $(fn $method<E>(self $(, _: $value)?) -> Result<bool, E> {
            Ok(false)
        })*
    };
}

impl<'de> Visitor<'de> for Field<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let mut found = false;
        while let Some(is_named) = map.next_key_seed(IsNamed(self.name))? {
            if is_named {
                found |= (self.is_match)(&map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<bool, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(false)
    }

    no_object! { visit_unit() visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) visit_str(&str) }
}

/// Compares a key.
struct IsNamed<'a>(&'a str);

impl<'de> DeserializeSeed<'de> for IsNamed<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for IsNamed<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<bool, E> {
        Ok(key == self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn not_ok(document: &[u8]) -> serde_json::Result<bool> {
        has_field(document, "ok", &|ok| ok.as_bool() == Some(false))
    }

    #[test]
    fn only_the_field_of_the_document_itself_counts() {
        let documents: [(&[u8], bool); 9] = [
            (br#"{"ok":false,"error":"e"}"#, true),
            (br#" {"a":[{"b":1}],"\u006fk":false} "#, true),
            (br#"{"ok":false}}"#, true),
            (b"{\"ok\":false,\"a\":\"caf\xE9\"}", true),
            (br#"{"ok":true,"data":{"ok":false}}"#, false),
            (br#"{"ok":"false"}"#, false),
            (br#"[{"ok":false}]"#, false),
            (b"false", false),
            (b"{}", false),
        ];
        for (document, expected) in documents {
            assert_eq!(not_ok(document).unwrap(), expected, "{}", String::from_utf8_lossy(document));
        }
    }

    #[test]
    fn half_a_document_differs_from_invalid_json() {
        for half in ["{", r#"{"ok":fal"#, r#"{"ok":false,"error":"#, "[1,"] {
            assert!(not_ok(half.as_bytes()).unwrap_err().is_eof(), "{half}");
        }
        assert!(!not_ok(b"<html>").unwrap_err().is_eof());
    }
}
