//! Bytes that JSON has as base64 text.

use base64::{
    Engine, alphabet,
    display::Base64Display,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose::STANDARD},
};
use bytes::Bytes;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};
use std::{fmt, ops::Deref};

/// The name of the newtype under which a [`Base64`] is serialized. The serializer of request bodies knows it and appends the
/// text to the document.
pub(crate) const BASE64: &str = "$stackone::Base64";

/// Reads text with and without padding, as servers differ (RFC 4648, section 3.2).
const READER: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Bytes that are base64 text in JSON, such as a file in a request (RFC 4648, section 4: the standard alphabet, with padding).
///
/// The text is written directly into the body. A file of 100 MiB needs its own memory and the 133 MiB of the body. Reading
/// accepts text without padding; any other invalid text is an error. In a format that is not text, such as CBOR, the bytes
/// are written as they are.
///
/// ```
/// use stackone::{Base64, stackone_operation};
///
/// #[derive(serde::Serialize)]
/// struct File {
///     name: String,
///     content: Base64,
/// }
///
/// #[stackone_operation(method = "POST", path = "/files")]
/// struct UploadFileRequest {
///     #[body]
///     file: File,
/// }
///
/// let file = File { name: "a.txt".to_owned(), content: Base64::from(b"hello".to_vec()) };
/// let request = UploadFileRequest::builder().file(file).build().into_http_request()?;
/// assert_eq!(request.body(), r#"{"name":"a.txt","content":"aGVsbG8="}"#);
///
/// let content: Base64 = serde_json::from_str(r#""aGVsbG8=""#)?;
/// assert_eq!(&content[..], b"hello");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Base64(Bytes);

impl Base64 {
    /// The bytes, which are not encoded yet.
    #[must_use]
    pub const fn new(bytes: Bytes) -> Self {
        Self(bytes)
    }

    /// Reads the text that is written for some bytes. `None` for any other text, such as one without padding.
    pub(crate) fn from_written(text: &str) -> Option<Self> {
        STANDARD.decode(text).ok().map(|bytes| Self(bytes.into()))
    }

    /// The bytes, which are not encoded.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.0
    }
}

impl Deref for Base64 {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Bytes> for Base64 {
    fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<&'static [u8]> for Base64 {
    fn from(bytes: &'static [u8]) -> Self {
        Self(bytes.into())
    }
}

impl<const N: usize> From<&'static [u8; N]> for Base64 {
    fn from(bytes: &'static [u8; N]) -> Self {
        Self(bytes.as_slice().into())
    }
}

impl From<Base64> for Bytes {
    fn from(base64: Base64) -> Self {
        base64.0
    }
}

/// The base64 text.
impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Base64Display::new(&self.0, &STANDARD).fmt(f)
    }
}

/// Without the bytes, which may be a private file.
impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.0.len())
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(BASE64, &Content(self))
    }
}

/// The content of the newtype. The serializer of request bodies asks for bytes.
struct Content<'a>(&'a Base64);

impl Serialize for Content<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self.0) } else { serializer.serialize_bytes(self.0) }
    }
}

/// Appends the text of some bytes. The memory for a large text, and for the usual rest of a document, is reserved exactly,
/// because a buffer that grows by doubling would need up to twice as much.
pub(crate) fn append(out: &mut Vec<u8>, bytes: &[u8]) -> Result<(), &'static str> {
    const TOO_LONG: &str = "is too long for base64 in memory; send a shorter value";
    let length = base64::encoded_len(bytes.len(), true).ok_or(TOO_LONG)?;
    if length > out.capacity() {
        // At least twice the capacity, so that many values in one document take few allocations.
        out.reserve_exact(length + length / REST_PER_TEXT + REST);
    }
    let start = out.len();
    out.resize(start + length, 0);
    STANDARD.encode_slice(bytes, &mut out[start..]).map_err(|_| TOO_LONG)?;
    Ok(())
}

/// The memory for the rest of a document, in bytes.
const REST: usize = 1024;

/// The part of the length of a text that its document gets in addition.
const REST_PER_TEXT: usize = 128;

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_str(Reader)
        } else {
            deserializer.deserialize_byte_buf(Reader)
        }
    }
}

struct Reader;

impl Visitor<'_> for Reader {
    type Value = Base64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("base64 text")
    }

    /// The error does not show the text.
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Base64, E> {
        READER.decode(text).map(Base64::from).map_err(|error| E::custom(format_args!("not base64 text: {error}")))
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Base64, E> {
        Ok(Base64(Bytes::copy_from_slice(bytes)))
    }

    fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Base64, E> {
        Ok(bytes.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_with_and_without_padding() {
        let cases: [(&str, &[u8]); 6] =
            [("", b""), ("YQ==", b"a"), ("YQ", b"a"), ("YWI=", b"ab"), ("YWJj", b"abc"), ("+/+/", b"\xFB\xFF\xBF")];
        for (text, bytes) in cases {
            let read: Base64 = serde_json::from_value(text.into()).unwrap();
            assert_eq!(&read[..], bytes, "{text}");
        }
    }

    #[test]
    fn an_error_does_not_show_the_text() {
        for text in ["c2VjcmV0*", "c2VjcmV0c", "c2Vj\ncmV0", "-_-_", "YR=="] {
            let error = serde_json::from_value::<Base64>(text.into()).unwrap_err().to_string();
            assert!(error.starts_with("not base64 text: ") && !error.contains("c2V"), "{error}");
        }
        let error = serde_json::from_str::<Base64>("1").unwrap_err().to_string();
        assert!(error.contains("expected base64 text"), "{error}");
    }

    #[test]
    fn other_serializers_write_the_same_text() {
        for length in 0..100_u8 {
            let content = Base64::from((0..length).collect::<Vec<u8>>());
            let mut text = vec![b'"'];
            append(&mut text, &content).unwrap();
            text.push(b'"');
            assert_eq!(serde_json::to_vec(&content).unwrap(), text);
            assert_eq!(format!("\"{content}\"").into_bytes(), text);
            assert_eq!(serde_json::from_slice::<Base64>(&text).unwrap(), content);
        }
        assert_eq!(serde_json::to_value(Base64::from(&b"ab"[..])).unwrap(), "YWI=");
    }

    #[test]
    fn debug_has_the_length_only() {
        assert_eq!(format!("{:?}", Base64::from(&b"secret"[..])), "Base64(6 bytes)");
    }
}
