//! The header fields: `Accept`, `Content-Type`, and those that the operation declares.

use super::{Problem, Value, encoder::Encoder, output::Output, parameters, refuse};
use crate::{
    Error,
    operation::{Body, Metadata, Parameter, Place},
};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{ACCEPT, CONTENT_TYPE},
};

/// The header whose emptiness would name no account, or every one.
const ACCOUNT_ID: &str = "x-account-id";

/// Writes the values of the declared headers, and notes where each one is.
pub(super) fn write(out: &mut Output, metadata: &'static Metadata, values: &[&dyn Value]) -> Result<(), Error> {
    for (parameter, value) in parameters(metadata, values, Place::Header) {
        let start = out.begin_header();
        value
            .encode(Encoder::simple(out))
            .and_then(|()| check(parameter, out, start))
            .map_err(|problem| refuse(metadata, parameter, problem))?;
        let span = (out.items > 0).then_some(start..out.bytes.len());
        out.headers.push(span);
    }
    Ok(())
}

/// What is wrong with the value from `start` on as a whole.
fn check(parameter: &Parameter, out: &Output, start: usize) -> Result<(), Problem> {
    let value = &out.bytes[start..];
    let blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    if blank(value.first()) || blank(value.last()) {
        return Err(Problem::new("begins or ends with white space, which recipients strip; trim the value"));
    }
    if value.is_empty() && out.items > 0 && parameter.name() == ACCOUNT_ID {
        return Err(Problem::new("is empty; pass the id of the linked account"));
    }
    Ok(())
}

/// The map of all headers. A declared `accept` or `content-type` takes the place of the default.
pub(super) fn collect(
    metadata: &'static Metadata,
    body: Option<&Body>,
    spans: &[Option<std::ops::Range<usize>>],
    bytes: &Bytes,
) -> Result<HeaderMap, Error> {
    let mut headers = HeaderMap::with_capacity(spans.len() + 2);
    headers.insert(ACCEPT, HeaderValue::from_static(metadata.response().accept()));
    if let Some(body) = body {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(body.content_type()));
    }
    let declared = metadata.parameters().iter().filter(|parameter| parameter.place() == Place::Header);
    for (parameter, span) in declared.zip(spans) {
        let Some(span) = span else { continue };
        let mut value = HeaderValue::from_maybe_shared(bytes.slice(span.clone())).map_err(|_| {
            refuse(metadata, parameter, Problem::new("has a character that no header may carry; take it out"))
        })?;
        value.set_sensitive(parameter.is_sensitive());
        headers.insert(HeaderName::from_static(parameter.name()), value);
    }
    Ok(headers)
}
