//! The path with its placeholders filled, and the query.

use super::{
    Problem, Value,
    encoder::Encoder,
    output::{Medium, Output},
    parameters, refuse,
};
use crate::{
    Error,
    operation::{Metadata, Place},
};

/// The longest target: the `http` crate keeps offsets in 16 bits.
const LONGEST: usize = u16::MAX as usize - 1;

pub(super) fn write(out: &mut Output, metadata: &'static Metadata, values: &[&dyn Value]) -> Result<(), Error> {
    let start = out.begin(Medium::Url);
    write_path(out, metadata, values)?;
    let query = out.bytes.len();
    parameters(metadata, values, Place::Query).try_for_each(|(parameter, value)| {
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

/// Walks from placeholder to placeholder. A segment that has one is checked where it ends.
fn write_path(out: &mut Output, metadata: &'static Metadata, values: &[&dyn Value]) -> Result<(), Error> {
    let mut template = metadata.path().as_bytes();
    // Not even looked through if there is nothing to fill.
    if parameters(metadata, values, Place::Path).next().is_none() {
        out.bytes.extend_from_slice(template);
        return Ok(());
    }
    let mut segment = out.bytes.len();
    while let Some((text, placeholder)) = split(template, b'{') {
        if let Some(slash) = text.iter().rposition(|&byte| byte == b'/') {
            segment = out.bytes.len() + slash + 1;
        }
        out.bytes.extend_from_slice(text);
        let (name, rest) = split(placeholder, b'}').unwrap_or_default();
        template = rest;
        let mut declared = parameters(metadata, values, Place::Path);
        if let Some((parameter, value)) = declared.find(|(parameter, _)| parameter.name().as_bytes() == name) {
            value.encode(Encoder::simple(out)).map_err(|problem| refuse(metadata, parameter, problem))?;
            let end = rest.iter().position(|byte| matches!(byte, b'{' | b'/')).unwrap_or(rest.len());
            let (text, after) = rest.split_at(end);
            out.bytes.extend_from_slice(text);
            if after.first() != Some(&b'{') {
                check(&out.bytes[segment..]).map_err(|problem| refuse(metadata, parameter, problem))?;
            }
            template = after;
        }
    }
    out.bytes.extend_from_slice(template);
    Ok(())
}

fn split(text: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let at = text.iter().position(|&byte| byte == at)?;
    Some((&text[..at], &text[at + 1..]))
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
