//! The target: the path with its placeholders filled, and the query.

use super::{
    EncodeError,
    parameter::{Escaping, ParameterSerializer, ParameterWriter},
    parameters::{Values, encode_error},
};
use crate::{Error, operation::Metadata};
use bytes::Bytes;
use http::{Uri, uri::PathAndQuery};

/// The longest target in bytes. The `http` crate stores offsets as `u16`.
const MAX_TARGET: usize = u16::MAX as usize - 1;

/// Writes the target and takes it from the writer.
pub(super) fn write(writer: &mut ParameterWriter, values: &Values<'_>) -> Result<Uri, Error> {
    writer.start(Escaping::Percent);
    write_path(writer, values)?;
    let path = writer.bytes().len();
    for (parameter, value) in values.query() {
        value
            .encode(ParameterSerializer::query(writer, parameter))
            .map_err(|error| encode_error(values.metadata, parameter, error))?;
    }
    writer.replace(path, b'?');
    uri(values.metadata, writer.take())
}

fn uri(metadata: &'static Metadata, target: Bytes) -> Result<Uri, Error> {
    let length = target.len();
    if length > MAX_TARGET {
        let message = format!("the path and query have {length} bytes, and the limit is {MAX_TARGET}");
        return Err(Error::build(metadata.id(), None, message));
    }
    PathAndQuery::from_maybe_shared(target)
        .map(Uri::from)
        .map_err(|error| Error::build(metadata.id(), None, format!("the target is not valid: {error}")))
}

/// Writes the path. A segment with a placeholder is checked at its end.
fn write_path(writer: &mut ParameterWriter, values: &Values<'_>) -> Result<(), Error> {
    let compiled = values.metadata.compiled_path();
    let mut segment = 0;
    for part in compiled.parts() {
        segment = part.segment.map_or(segment, |start| writer.bytes().len() + start);
        writer.push_encoded(part.before);
        let Some((parameter, value)) = values.get(part.parameter) else { continue };
        let error = |error| encode_error(values.metadata, parameter, error);
        value.encode(ParameterSerializer::simple(writer, parameter)).map_err(error)?;
        writer.push_encoded(part.after);
        if part.ends_segment {
            check_segment(&writer.bytes()[segment..]).map_err(error)?;
        }
    }
    writer.push_encoded(compiled.tail());
    Ok(())
}

/// Refuses a segment that URL parsers resolve, because another endpoint would be called.
fn check_segment(segment: &[u8]) -> Result<(), EncodeError> {
    Err(EncodeError::new(match dot_segment(segment) {
        None => return Ok(()),
        Some(0) => "is empty, and an empty path segment calls another endpoint; pass the id itself",
        Some(1) => "makes the path segment `.`, which URL parsers remove, so that another endpoint would be called",
        Some(_) => "makes the path segment `..`, which URL parsers resolve, so that another endpoint would be called",
    }))
}

/// The number of dots of an empty or a dot segment: none, one or two. `None` for every other segment. URL parsers treat an
/// encoded dot as a dot (WHATWG URL, section 4.3).
pub(crate) fn dot_segment(segment: &[u8]) -> Option<usize> {
    let mut rest = segment;
    let mut dots = 0;
    while let Some(after) =
        rest.strip_prefix(b".").or_else(|| rest.strip_prefix(b"%2e")).or_else(|| rest.strip_prefix(b"%2E"))
    {
        rest = after;
        dots += 1;
    }
    (rest.is_empty() && dots <= 2).then_some(dots)
}
