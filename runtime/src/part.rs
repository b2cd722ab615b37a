//! A part of a multipart body with its own file name and media type.

use crate::request::JsonBody;
use bytes::Bytes;
use serde::{Serialize, Serializer, ser::Error};
use std::{borrow::Cow, cell::Cell, fmt};

/// A part of a `multipart/form-data` body, with a media type and a file name that are known at run time.
///
/// It is the type of a `#[part]` field, alone or in an `Option`, a `Vec` or an enum that serde writes without a tag. The setter of
/// such a field also takes bytes and text.
///
/// ```
/// use stackone::{Part, stackone_operation};
///
/// #[stackone_operation(method = "POST", path = "/messages")]
/// struct CreateMessageRequest {
///     #[part]
///     text: String,
///     #[part("files[]")]
///     files: Vec<Part>,
/// }
///
/// let request = CreateMessageRequest::builder()
///     .text("Two files")
///     .files([
///         Part::bytes(&b"a,b"[..]).file_name("report.csv").content_type("text/csv"),
///         Part::json(&["x"]).file_name("list.json"),
///     ])
///     .build()
///     .into_http_request()?;
/// let body = String::from_utf8_lossy(request.body());
/// assert!(body.contains("name=\"files[]\"; filename=\"report.csv\"\r\nContent-Type: text/csv\r\n\r\na,b\r\n"));
/// # Ok::<(), stackone::Error>(())
/// ```
///
/// A file name and a media type are checked when the request is built. The content is not copied before that: clones share it. With
/// any other serializer, and in a JSON body, a part is an error.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    /// The reason, if the content cannot be serialized.
    pub(crate) content: Result<Bytes, String>,
    pub(crate) content_type: Option<Cow<'static, str>>,
    pub(crate) file_name: Option<String>,
}

impl Part {
    /// Bytes, with the media type `application/octet-stream`.
    pub fn bytes(content: impl Into<Bytes>) -> Self {
        let content_type = Some(Cow::Borrowed("application/octet-stream"));
        Self { content: Ok(content.into()), content_type, file_name: None }
    }

    /// Text as UTF-8, without a media type. The default of a recipient is `text/plain` (RFC 7578, section 4.4).
    pub fn text(text: impl Into<String>) -> Self {
        Self { content: Ok(text.into().into()), content_type: None, file_name: None }
    }

    /// A value as JSON, with the media type `application/json`.
    ///
    /// A value that JSON cannot contain is an error when the request is built.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Self {
        let mut document = Vec::new();
        let written = (&value).write(&mut document);
        let content = written.map(|()| document.into()).map_err(|error| error.to_string());
        Self { content, content_type: Some(Cow::Borrowed("application/json")), file_name: None }
    }

    /// The file name. Default: none, and many servers then take the part for a field of a form and not for a file.
    ///
    /// It is sent as browsers send it: as UTF-8, with `%22`, `%0D` and `%0A` for a double quote, CR and LF. A file name with another
    /// control character is an error when the request is built.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The media type, as in `text/csv; charset=utf-8`.
    ///
    /// A text that is not a media type is an error when the request is built.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<Cow<'static, str>>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }
}

/// Without the content and the file name, which may be secret.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.content.as_ref().map_or(0, Bytes::len);
        let mut shown = f.debug_struct("Part");
        shown.field("content_type", &self.content_type).field("length", &length).finish_non_exhaustive()
    }
}

impl From<Bytes> for Part {
    fn from(content: Bytes) -> Self {
        Self::bytes(content)
    }
}

impl From<Vec<u8>> for Part {
    fn from(content: Vec<u8>) -> Self {
        Self::bytes(content)
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<&str> for Part {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

/// The name of the newtype as which a part is serialized.
pub(crate) const PART: &str = "$stackone::Part";

thread_local! {
    /// The part that is being serialized. Serde has no way to pass on shared bytes, and a copy of a file doubles its memory.
    static PASSED: Cell<Option<Part>> = const { Cell::new(None) };
}

/// Takes the part that is being serialized. Only the serializer of parts does this.
pub(crate) fn take_passed() -> Option<Part> {
    PASSED.try_with(Cell::take).ok().flatten()
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        PASSED
            .try_with(|passed| passed.set(Some(self.clone())))
            .map_err(|_| S::Error::custom("a thread that ends cannot send a `Part`"))?;
        let result = serializer.serialize_newtype_struct(PART, &Passed);
        drop(take_passed());
        result
    }
}

/// The content of the newtype. Serializers that do not know [`PART`] serialize it.
struct Passed;

impl Serialize for Passed {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("a `Part` can only be a `#[part]` of an operation, or an item of a list of parts"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_serializer_refuses_a_part() {
        for error in [
            serde_json::to_string(&Part::text("a")).unwrap_err().to_string(),
            serde_json::to_value([Part::text("a")]).unwrap_err().to_string(),
        ] {
            assert!(error.contains("can only be a `#[part]`"), "{error}");
        }
        assert_eq!(take_passed(), None);
    }

    #[test]
    fn the_content_is_not_shown() {
        let part = Part::text("secret").file_name("secret").content_type("text/plain");
        assert_eq!(format!("{part:?}"), "Part { content_type: Some(\"text/plain\"), length: 6, .. }");
    }
}
