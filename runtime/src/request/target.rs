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
    write_path(out, metadata, values)?;
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

/// Walks through the template once: text is copied, a placeholder filled, and a segment that had one checked.
fn write_path(out: &mut Output, metadata: &'static Metadata, values: &[&dyn Value]) -> Result<(), Error> {
    let mut template = metadata.path().as_bytes();
    let mut segment = out.bytes.len();
    let mut filled = None;
    loop {
        let end = template.iter().position(|byte| matches!(byte, b'{' | b'/')).unwrap_or(template.len());
        let (text, rest) = template.split_at(end);
        out.bytes.extend_from_slice(text);
        if let [b'{', rest @ ..] = rest {
            let close = rest.iter().position(|&byte| byte == b'}').unwrap_or(rest.len());
            let name = &rest[..close];
            template = rest.get(close + 1..).unwrap_or_default();
            let mut declared = parameters(metadata, values, Place::Path);
            if let Some((parameter, value)) = declared.find(|(parameter, _)| parameter.name().as_bytes() == name) {
                value.encode(Encoder::simple(out)).map_err(|problem| refuse(metadata, parameter, problem))?;
                filled = Some(parameter);
            }
            continue;
        }
        if let Some(parameter) = filled.take() {
            check(&out.bytes[segment..]).map_err(|problem| refuse(metadata, parameter, problem))?;
        }
        let [slash, rest @ ..] = rest else { return Ok(()) };
        out.bytes.push(*slash);
        segment = out.bytes.len();
        template = rest;
    }
}

/// Refuses a segment that would call another endpoint.
fn check(segment: &[u8]) -> Result<(), Problem> {
    Err(Problem::new(match dots(segment) {
        None => return Ok(()),
        Some(0) => "is empty, and an empty path segment names another endpoint; pass the id itself",
        Some(1) => "makes the path segment `.`, which URL parsers take away, so that another endpoint would be called",
        Some(_) => "makes the path segment `..`, which URL parsers resolve, so that another endpoint would be called",
    }))
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
