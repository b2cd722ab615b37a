//! The path with its placeholders filled, and the query.

use super::{Problem, Value, encoder::Encoder, output::Output, parameters, refuse};
use crate::{
    Error,
    operation::{Metadata, Place},
};

/// The longest target: the `http` crate keeps offsets in 16 bits.
const LONGEST: usize = u16::MAX as usize - 1;

pub(super) fn write(out: &mut Output, metadata: &'static Metadata, values: &[&dyn Value]) -> Result<(), Error> {
    let start = out.begin_target();
    let path = metadata.path();
    let first = path.find('{').and_then(|at| path[..at].rfind('/'));
    let (literal, rest) = path.split_at(first.unwrap_or(path.len()));
    out.bytes.extend_from_slice(literal.as_bytes());
    for segment in rest.split('/').skip(1) {
        out.bytes.push(b'/');
        if segment.contains('{') {
            fill(out, metadata, values, segment)?;
        } else {
            out.bytes.extend_from_slice(segment.as_bytes());
        }
    }
    for (parameter, value) in parameters(metadata, values, Place::Query) {
        let encoder = Encoder::query(out, parameter);
        value.encode(encoder).map_err(|problem| refuse(metadata, parameter, problem))?;
    }
    let length = out.bytes.len() - start;
    if length > LONGEST {
        let message = format!("the path and query take {length} bytes, and {LONGEST} is the limit");
        return Err(Error::build(metadata.id(), None, message));
    }
    Ok(())
}

/// Fills the placeholders of one segment of the path template.
fn fill(out: &mut Output, metadata: &'static Metadata, values: &[&dyn Value], segment: &str) -> Result<(), Error> {
    let start = out.bytes.len();
    let mut blamed = None;
    let mut rest = segment;
    while let Some((text, (name, after))) =
        rest.split_once('{').and_then(|(text, tail)| tail.split_once('}').map(|tail| (text, tail)))
    {
        out.bytes.extend_from_slice(text.as_bytes());
        if let Some((parameter, value)) = parameters(metadata, values, Place::Path).find(|(p, _)| p.name() == name) {
            value.encode(Encoder::simple(out)).map_err(|problem| refuse(metadata, parameter, problem))?;
            blamed = Some(parameter);
        }
        rest = after;
    }
    out.bytes.extend_from_slice(rest.as_bytes());
    let Some(parameter) = blamed else { return Ok(()) };
    let reason = match dots(&out.bytes[start..]) {
        None => return Ok(()),
        Some(0) => "is empty, and an empty path segment names another endpoint; pass the id itself",
        Some(1) => "makes the path segment `.`, which URL parsers take away, so that another endpoint would be called",
        Some(_) => "makes the path segment `..`, which URL parsers resolve, so that another endpoint would be called",
    };
    Err(refuse(metadata, parameter, Problem::new(reason)))
}

/// How many dots a segment has if it has nothing else and URL parsers treat it specially: none, one or two.
/// They see an encoded dot as a dot (WHATWG URL, section 4.3).
fn dots(segment: &[u8]) -> Option<usize> {
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
