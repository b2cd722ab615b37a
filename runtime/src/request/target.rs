//! The path with its placeholders filled, and the query.

use super::{
    EncodeError, Value,
    encoder::Encoder,
    output::{Medium, Output},
    parameter, parameters, refuse,
};
use crate::{Error, operation::Metadata};

/// The longest target: the `http` crate keeps offsets in 16 bits.
const LONGEST: usize = u16::MAX as usize - 1;

pub(super) fn write(out: &mut Output, metadata: &'static Metadata, values: &[&dyn Value]) -> Result<(), Error> {
    let start = out.begin(Medium::Url);
    write_path(out, metadata, values)?;
    let query = out.bytes.len();
    parameters(metadata, values, &metadata.plan().query).try_for_each(|(parameter, value)| {
        value.encode(Encoder::query(out, parameter)).map_err(|problem| refuse(metadata, parameter, problem))
    })?;
    if let Some(separator) = out.bytes.get_mut(query) {
        *separator = b'?';
    }
    let length = out.bytes.len() - start;
    if length > LONGEST {
        let message = format!("the path and query take {length} bytes, and {LONGEST} is the limit");
        return Err(Error::build(metadata.id(), None, message));
    }
    Ok(())
}

/// Writes piece after piece. A segment that has a placeholder is checked where it ends.
fn write_path(out: &mut Output, metadata: &'static Metadata, values: &[&dyn Value]) -> Result<(), Error> {
    let plan = metadata.plan();
    let mut segment = out.bytes.len();
    for piece in &plan.path {
        segment = piece.segment.map_or(segment, |start| out.bytes.len() + start);
        out.bytes.extend_from_slice(piece.before.as_bytes());
        let Some((parameter, value)) = parameter(metadata, values, piece.parameter) else { continue };
        value.encode(Encoder::simple(out)).map_err(|problem| refuse(metadata, parameter, problem))?;
        out.bytes.extend_from_slice(piece.after.as_bytes());
        if piece.ends {
            check(&out.bytes[segment..]).map_err(|problem| refuse(metadata, parameter, problem))?;
        }
    }
    out.bytes.extend_from_slice(plan.tail.as_bytes());
    Ok(())
}

/// Refuses a segment that would call another endpoint.
fn check(segment: &[u8]) -> Result<(), EncodeError> {
    Err(EncodeError::new(match dots(segment) {
        None => return Ok(()),
        Some(0) => "is empty, and an empty path segment names another endpoint; pass the id itself",
        Some(1) => "makes the path segment `.`, which URL parsers take away, so that another endpoint would be called",
        Some(_) => "makes the path segment `..`, which URL parsers resolve, so that another endpoint would be called",
    }))
}

/// How many dots a segment has if it has nothing else and URL parsers treat it specially: none, one or two.
/// They see an encoded dot as a dot (WHATWG URL, section 4.3).
pub(crate) fn dots(segment: &[u8]) -> Option<usize> {
    let mut rest = segment;
    let mut count = 0;
    while let Some(after) =
        rest.strip_prefix(b".").or_else(|| rest.strip_prefix(b"%2e")).or_else(|| rest.strip_prefix(b"%2E"))
    {
        rest = after;
        count += 1;
    }
    (rest.is_empty() && count <= 2).then_some(count)
}
