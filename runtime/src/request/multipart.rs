//! A `multipart/form-data` body (RFC 7578).

use super::{
    EncodeError,
    json::JsonBody,
    parameter::{ParameterSerializer, ParameterWriter},
    part_bytes::PartBytes,
};
use crate::{
    Error,
    operation::{Metadata, PartMetadata},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header::CONTENT_TYPE};
use memchr::memmem::Finder;
use serde::Serialize;

/// A value that can be a part: text, an object as JSON, a [`Part`](crate::Part), or a list of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a part",
    label = "does not implement `serde::Serialize`",
    note = "for bytes, write `#[part(content_type = \"application/octet-stream\")]`, or use the type `stackone::Part`",
    note = "for your own type, add `#[derive(serde::Serialize)]`; for a type parameter, the bound `serde::Serialize`"
)]
pub trait PartValue {
    #[doc(hidden)]
    fn encode(&self, serializer: ParameterSerializer<'_>) -> Result<(), EncodeError>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> PartValue for T {
    fn encode(&self, serializer: ParameterSerializer<'_>) -> Result<(), EncodeError> {
        self.serialize(serializer)
    }
}

/// The value of one field with parts.
#[expect(missing_debug_implementations, reason = "holds values, which may be secret")]
pub enum RequestPart<'a> {
    /// No part.
    None,
    /// Text, JSON and [`Part`](crate::Part)s.
    Value(&'a dyn PartValue),
    /// One part that is a JSON document.
    Json(&'a dyn JsonBody),
    /// Parts that are sent unchanged.
    Bytes(&'a dyn PartBytes),
}

/// Writes the body, and its media type with the boundary. Without a part there is no body.
pub(super) fn write(
    headers: &mut HeaderMap,
    metadata: &'static Metadata,
    values: &[RequestPart<'_>],
) -> Result<Bytes, Error> {
    let mut entities = Vec::new();
    for (part, value) in metadata.parts().iter().zip(values) {
        add(&mut entities, part, value).map_err(|error| encode_error(metadata, part, error))?;
    }
    if entities.is_empty() {
        return Ok(Bytes::new());
    }
    let boundary = boundary(&entities);
    let content_type = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}"));
    let content_type = content_type.map_err(|_| Error::build(metadata.id(), None, "the boundary is not valid"))?;
    headers.insert(CONTENT_TYPE, content_type);
    Ok(join(&entities, &boundary).into())
}

fn encode_error(metadata: &'static Metadata, part: &PartMetadata, error: EncodeError) -> Error {
    let (reason, path) = error.into_parts();
    let name = if part.name() == part.field() { String::new() } else { format!(" `{}`", part.name()) };
    let place = if path.is_empty() { String::new() } else { format!(", at `{path}`") };
    Error::build(metadata.id(), Some(part.field()), format!("(part{name}{place}) {reason}"))
}

/// One part as it is sent.
struct Entity<'a> {
    /// The headers and the empty line after them.
    head: String,
    content: Content<'a>,
}

enum Content<'a> {
    Borrowed(&'a [u8]),
    Shared(Bytes),
}

impl Entity<'_> {
    fn content(&self) -> &[u8] {
        match &self.content {
            Content::Borrowed(content) => content,
            Content::Shared(content) => content,
        }
    }
}

/// Adds the parts of a field.
fn add<'a>(
    entities: &mut Vec<Entity<'a>>,
    part: &'static PartMetadata,
    value: &RequestPart<'a>,
) -> Result<(), EncodeError> {
    match *value {
        RequestPart::None => {}
        RequestPart::Value(value) => {
            let mut writer = ParameterWriter::of_parts();
            value.encode(ParameterSerializer::part(&mut writer))?;
            for sent in writer.into_parts() {
                let head = head(part.name(), sent.file_name.as_deref(), sent.content_type.as_deref())?;
                entities.push(Entity { head, content: Content::Shared(sent.content.map_err(EncodeError::new)?) });
            }
        }
        RequestPart::Json(value) => {
            let mut document = Vec::new();
            value.write(&mut document)?;
            let head = head(part.name(), part.file_name(), part.content_type())?;
            entities.push(Entity { head, content: Content::Shared(document.into()) });
        }
        RequestPart::Bytes(value) => {
            let head = head(part.name(), part.file_name(), part.content_type())?;
            value.visit(&mut |content| {
                entities.push(Entity { head: head.clone(), content: Content::Borrowed(content) });
            });
        }
    }
    Ok(())
}

/// The headers of a part. RFC 7578, section 4.8, allows no others.
fn head(name: &str, file_name: Option<&str>, content_type: Option<&str>) -> Result<String, EncodeError> {
    let mut head = "Content-Disposition: form-data; name=\"".to_owned();
    push_escaped(&mut head, name)?;
    if let Some(file_name) = file_name {
        head.push_str("\"; filename=\"");
        push_escaped(&mut head, file_name)?;
    }
    head.push_str("\"\r\n");
    if let Some(content_type) = content_type {
        if !is_media_type(content_type) {
            return Err(EncodeError::new(
                "has a `content_type` that is not a media type; pass one such as `text/csv` or `application/octet-stream`",
            ));
        }
        head.extend(["Content-Type: ", content_type, "\r\n"]);
    }
    head.push_str("\r\n");
    Ok(head)
}

/// Appends a name as browsers do (WHATWG HTML, "multipart/form-data encoding algorithm"): UTF-8, with three characters escaped.
fn push_escaped(head: &mut String, name: &str) -> Result<(), EncodeError> {
    for character in name.chars() {
        match character {
            '"' => head.push_str("%22"),
            '\r' => head.push_str("%0D"),
            '\n' => head.push_str("%0A"),
            '\t' => head.push(character),
            _ if character.is_ascii_control() => {
                return Err(EncodeError::new(
                    "has a file name with a control character, which a header cannot contain; remove it",
                ));
            }
            _ => head.push(character),
        }
    }
    Ok(())
}

/// Whether the text is a media type (RFC 9110, section 8.3.1). Only its start is parsed.
fn is_media_type(text: &str) -> bool {
    let is_token = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
    };
    let essence = text.split(';').next().unwrap_or_default().trim_end();
    let is_pair = essence.split_once('/').is_some_and(|(main, subtype)| is_token(main) && is_token(subtype));
    is_pair && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !text.ends_with(' ')
}

/// The start of each boundary. A number in hexadecimal digits follows.
const BOUNDARY: &str = "stackone-boundary-";

/// The number of digits of a boundary.
const DIGITS: usize = 8;

/// The boundary with the lowest number that occurs in no part. It depends on the parts only, so that a request that is built again
/// is the same. One pass finds all numbers that occur, whatever their count.
fn boundary(entities: &[Entity<'_>]) -> String {
    let finder = Finder::new(BOUNDARY);
    let texts = entities.iter().flat_map(|entity| [entity.head.as_bytes(), entity.content()]);
    let mut taken: Vec<usize> =
        texts.flat_map(|text| finder.find_iter(text).filter_map(|at| number_at(text, at + BOUNDARY.len()))).collect();
    taken.sort_unstable();
    taken.dedup();
    let free = taken.iter().enumerate().take_while(|(index, taken)| index == *taken).count();
    format!("{BOUNDARY}{free:0DIGITS$x}")
}

fn number_at(text: &[u8], start: usize) -> Option<usize> {
    let digits = text.get(start..start + DIGITS)?;
    usize::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()
}

/// Joins the parts in one allocation of the right size (RFC 2046, section 5.1.1).
fn join(entities: &[Entity<'_>], boundary: &str) -> Vec<u8> {
    let parts: usize = entities.iter().map(|entity| entity.head.len() + entity.content().len() + "\r\n".len()).sum();
    let delimiters = (entities.len() + 1) * (boundary.len() + "--\r\n".len()) + "--".len();
    let mut body = Vec::with_capacity(parts + delimiters);
    let mut push = |text: &[u8]| body.extend_from_slice(text);
    for entity in entities {
        for text in [b"--", boundary.as_bytes(), b"\r\n", entity.head.as_bytes(), entity.content(), b"\r\n"] {
            push(text);
        }
    }
    for text in ["--", boundary, "--\r\n"] {
        push(text.as_bytes());
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(content: &'static str) -> Entity<'static> {
        Entity { head: "\r\n".to_owned(), content: Content::Borrowed(content.as_bytes()) }
    }

    #[test]
    fn the_boundary_is_the_first_that_does_not_occur() {
        for (contents, expected) in [
            (&["", "stackone-boundary-"][..], "stackone-boundary-00000000"),
            (&["stackone-boundary-0000000"], "stackone-boundary-00000000"),
            (&["stackone-boundary-00000001"], "stackone-boundary-00000000"),
            (&["xstackone-boundary-00000000x"], "stackone-boundary-00000001"),
            (
                &["stackone-boundary-00000001stackone-boundary-00000000", "stackone-boundary-00000000"],
                "stackone-boundary-00000002",
            ),
        ] {
            let entities: Vec<_> = contents.iter().map(|content| entity(content)).collect();
            assert_eq!(boundary(&entities), expected, "{contents:?}");
        }
        let names = [Entity { head: "stackone-boundary-00000000".to_owned(), content: Content::Borrowed(b"") }];
        assert_eq!(boundary(&names), "stackone-boundary-00000001");
    }

    #[test]
    fn the_allocation_has_the_size_of_the_body() {
        for contents in [&[""][..], &["a", "bc"], &["stackone-boundary-00000000", "", "x"]] {
            let entities: Vec<_> = contents.iter().map(|content| entity(content)).collect();
            let body = join(&entities, &boundary(&entities));
            assert_eq!(body.len(), body.capacity(), "{contents:?}");
        }
    }
}
