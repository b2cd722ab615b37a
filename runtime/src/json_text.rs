//! A JSON document inside a text.

use crate::request::JsonBody;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, DeserializeOwned, Visitor},
    ser,
};
use std::{fmt, marker::PhantomData};

/// A value that is a JSON document inside a text: in a parameter that OpenAPI describes with `content`, or in a string of another
/// JSON document.
///
/// It can be in every place of a request. The document is written without spaces. Characters outside of ASCII are escapes (`\u00e9`), which every
/// reader of JSON knows and which a header needs, because its other characters are Latin-1. A cookie cannot contain the quotes
/// of a text or an object.
///
/// The setter of a field takes the value itself: `From<T>`.
///
/// ```
/// use stackone::{JsonText, stackone_operation};
///
/// #[derive(serde::Serialize)]
/// struct Filter {
///     name: String,
///     tags: Vec<u32>,
/// }
///
/// #[stackone_operation(method = "GET", path = "/users")]
/// struct ListUsersRequest {
///     #[query]
///     filter: Option<JsonText<Filter>>,
///     #[header("x-ids")]
///     ids: JsonText<Vec<u32>>,
/// }
///
/// let filter = Filter { name: "Zoë".to_owned(), tags: vec![1, 2] };
/// let request = ListUsersRequest::builder().filter(filter).ids([7, 8].to_vec()).build().into_http_request()?;
/// assert_eq!(request.uri(), "/users?filter=%7B%22name%22%3A%22Zo%5Cu00eb%22%2C%22tags%22%3A%5B1%2C2%5D%7D");
/// assert_eq!(request.headers()["x-ids"], "[7,8]");
/// # Ok::<(), stackone::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonText<T>(pub T);

impl<T> From<T> for JsonText<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Serialize> Serialize for JsonText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = Vec::new();
        JsonBody::write(&self.0, &mut document).map_err(ser::Error::custom)?;
        serializer.serialize_str(&ascii(document).map_err(ser::Error::custom)?)
    }
}

/// The document in ASCII without control characters. All others are inside of strings, where an escape is the same. Only a document
/// that was written elsewhere (`serde_json::value::RawValue`) has line breaks and tabs, between its tokens.
fn ascii(document: Vec<u8>) -> Result<String, std::string::FromUtf8Error> {
    let document = String::from_utf8(document)?;
    let is_plain = |character: &char| character.is_ascii() && !character.is_ascii_control();
    if document.chars().all(|character| is_plain(&character)) {
        return Ok(document);
    }
    let mut text = String::with_capacity(2 * document.len());
    for character in document.chars() {
        if is_plain(&character) {
            text.push(character);
        } else if matches!(character, '\t' | '\n' | '\r') {
            text.push(' ');
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                text.push_str("\\u");
                text.extend(
                    [12, 8, 4, 0].map(|shift| char::from_digit(u32::from(*unit >> shift & 0xF), 16).unwrap_or('0')),
                );
            }
        }
    }
    Ok(text)
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for JsonText<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Reader(PhantomData))
    }
}

struct Reader<T>(PhantomData<T>);

impl<T: DeserializeOwned> Visitor<'_> for Reader<T> {
    type Value = JsonText<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text that is a JSON document")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<JsonText<T>, E> {
        serde_json::from_str(text)
            .map(JsonText)
            .map_err(|error| E::custom(format_args!("in the JSON of a text: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_ascii_and_is_read_back() {
        for value in ["", "a\"b\\", "é\u{7f}\n\u{2028}", "😀 中"] {
            let text = serde_json::to_value(JsonText(value)).unwrap();
            let document = text.as_str().unwrap();
            assert!(document.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{document}");
            assert_eq!(serde_json::from_str::<String>(document).unwrap(), value);
            assert_eq!(serde_json::from_value::<JsonText<String>>(text).unwrap().0, value);
        }
        assert_eq!(serde_json::to_value(JsonText("é😀")).unwrap(), r#""\u00e9\ud83d\ude00""#);
    }

    #[test]
    fn line_breaks_between_the_tokens_of_a_document_become_spaces() {
        #[derive(Serialize)]
        #[serde(rename = "$serde_json::private::RawValue")]
        struct Raw {
            #[serde(rename = "$serde_json::private::RawValue")]
            text: &'static str,
        }
        let text = serde_json::to_value(JsonText(Raw { text: "{\r\n\t\"a\": \"é\"}" })).unwrap();
        assert_eq!(text, "{   \"a\": \"\\u00e9\"}");
    }

    #[test]
    fn a_value_that_json_cannot_contain_is_refused() {
        let error = serde_json::to_string(&JsonText(vec![1.0, f64::NAN])).unwrap_err().to_string();
        assert!(error.starts_with("(at [1]) is not a finite number"), "{error}");
        let error = serde_json::from_str::<JsonText<u8>>(r#""{}""#).unwrap_err().to_string();
        assert!(error.starts_with("in the JSON of a text: invalid type: map, expected u8"), "{error}");
        let error = serde_json::from_str::<JsonText<u8>>("1").unwrap_err().to_string();
        assert!(error.contains("expected a text that is a JSON document"), "{error}");
    }
}
