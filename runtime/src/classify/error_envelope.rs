//! The error envelope: the error document under a 2xx status.
//!
//! A JSON response is parsed for it before it is decoded. This pass also finds half a document, which is an error that may
//! be retried. The decoder would find it too, but the decoder is compiled for each response type, and retries only once.

use http::StatusCode;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The status of an error envelope, or `None` if the document is none. An error envelope is an object with a `statusCode`
/// of 400 or more and a `message`.
///
/// A malformed error must not be taken for a success. Hence the text of `message` is not decoded, so that it need not be
/// Unicode, and bytes after the envelope are allowed.
///
/// # Errors
///
/// The error of a document that is incomplete or not JSON.
pub(super) fn error_envelope(document: &[u8]) -> serde_json::Result<Option<StatusCode>> {
    let mut deserializer = serde_json::Deserializer::from_slice(document);
    let Envelope { code, message } = Envelope::deserialize(&mut deserializer)?;
    match code.filter(|code| message && *code >= 400).and_then(|code| StatusCode::from_u16(code).ok()) {
        Some(status) => Ok(Some(status)),
        None => deserializer.end().map(|()| None),
    }
}

#[derive(Default)]
struct Envelope {
    code: Option<u16>,
    message: bool,
}

impl<'de> Deserialize<'de> for Envelope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EnvelopeVisitor)
    }
}

struct EnvelopeVisitor;

/// Visits values that are not objects: each is a document, and no envelope.
macro_rules! no_envelope {
    ($($method:ident($($value:ty)?))*) => {
        $(fn $method<E>(self $(, _: $value)?) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        })*
    };
}

impl<'de> Visitor<'de> for EnvelopeVisitor {
    type Value = Envelope;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Envelope, A::Error> {
        let mut found = Envelope::default();
        while let Some(key) = map.next_key::<Key>()? {
            match key {
                Key::Code => found.code = map.next_value::<Code>()?.0,
                Key::Message => found.message = map.next_value::<Option<IgnoredAny>>()?.is_some(),
                Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Envelope, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Envelope::default())
    }

    no_envelope! { visit_unit() visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) visit_str(&str) }
}

enum Key {
    Code,
    Message,
    Other,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E>(self, key: &str) -> Result<Key, E> {
                Ok(match key {
                    "statusCode" => Key::Code,
                    "message" => Key::Message,
                    _ => Key::Other,
                })
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// The value of `statusCode`, if it is a number or a number as text.
#[derive(Default)]
struct Code(Option<u16>);

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CodeVisitor)
    }
}

struct CodeVisitor;

impl<'de> Visitor<'de> for CodeVisitor {
    type Value = Code;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_u64<E>(self, value: u64) -> Result<Code, E> {
        Ok(Code(value.try_into().ok()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Code, E> {
        // A whole number is displayed without a fraction and an exponent.
        Ok(Code(value.to_string().parse().ok()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Code, E> {
        Ok(Code(value.parse().ok()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Code, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Code::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Code, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Code::default())
    }

    no_envelope! { visit_unit() visit_bool(bool) visit_i64(i64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(document: &str) -> Option<u16> {
        error_envelope(document.as_bytes()).unwrap().map(|status| status.as_u16())
    }

    #[test]
    fn error_envelopes_are_found() {
        assert_eq!(code(r#"{"statusCode":422,"message":"m","timestamp":"t"}"#), Some(422));
        assert_eq!(code(r#" {"data":[{"a":[1]}],"message":["m"],"statusCode":"500"} "#), Some(500));
        assert_eq!(code("{\"statusC\\u006fde\":400,\"message\":{\"a\":1}}"), Some(400));
    }

    #[test]
    fn malformed_error_envelopes_are_found() {
        let documents: [&[u8]; 12] = [
            br#"{"statusCode":422,"message":"\ud83d"}"#,
            br#"{"data":{"\ud83d":"\udc00"},"statusCode":422,"message":"m"}"#,
            b"{\"statusCode\":422,\"message\":\"caf\xE9\"}",
            b"{\"data\":{\"caf\xE9\":1},\"statusCode\":422,\"message\":\"m\"}",
            br#"{"statusCode":422.0,"message":"m"}"#,
            br#"{"statusCode":4.22e2,"message":"m"}"#,
            br#"{"statusCode":422,"message":true}"#,
            br#"{"statusCode":422,"message":1.5}"#,
            br#"{"statusCode":422,"message":-5}"#,
            br#"{"statusCode":422,"message":""}"#,
            br#"{"statusCode":422,"message":"m"}}"#,
            b"{\"statusCode\":422,\"message\":\"m\"}\n\0",
        ];
        for document in documents {
            let status = error_envelope(document).unwrap().map(|status| status.as_u16());
            assert_eq!(status, Some(422), "{}", String::from_utf8_lossy(document));
        }
    }

    #[test]
    fn results_of_writes_are_not_error_envelopes() {
        for document in [
            r#"{"statusCode":201,"message":"m"}"#,
            r#"{"statusCode":422}"#,
            r#"{"statusCode":422,"message":null}"#,
            r#"{"statusCode":true,"message":"m"}"#,
            r#"{"statusCode":-400,"message":"m"}"#,
            r#"{"statusCode":70000,"message":"m"}"#,
            r#"{"statusCode":4000,"message":"m"}"#,
            r#"{"statusCode":422.5,"message":"m"}"#,
            r#"{"statusCode":4e200,"message":"m"}"#,
            r#"{"data":{"statusCode":422,"message":"m"}}"#,
            r#"[{"statusCode":422,"message":"m"}]"#,
            "null",
            "1.5",
            "\"statusCode\"",
            "{}",
        ] {
            assert_eq!(code(document), None, "{document}");
        }
    }

    #[test]
    fn half_a_document_differs_from_invalid_json() {
        for half in ["{", "{\"a\":", "[1,", "\"abc", "tru", "{\"statusCode\":422,\"message\":\"m\""] {
            assert!(error_envelope(half.as_bytes()).unwrap_err().is_eof(), "{half}");
        }
        for invalid in ["{} {}", "{}x", "<html>", "{'a':1}", "{\"a\":1,}"] {
            assert!(!error_envelope(invalid.as_bytes()).unwrap_err().is_eof(), "{invalid}");
        }
    }
}
