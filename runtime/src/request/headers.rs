//! The header fields: `Accept`, `Content-Type`, and those that the operation declares.

use super::{
    EncodeError, Value,
    encoder::Encoder,
    output::{Medium, Output},
    parameters, refuse,
};
use crate::{
    Error,
    operation::{BodyMetadata, Metadata, Parameter},
};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT, CONTENT_TYPE},
};
use std::ops::Range;

/// The header whose emptiness would name no account, or every one.
const ACCOUNT_ID: &str = "x-account-id";

/// Writes the values of the declared headers, and notes where each one is.
pub(super) fn write(out: &mut Output, metadata: &'static Metadata, values: &[&dyn Value]) -> Result<(), Error> {
    parameters(metadata, values, &metadata.plan().headers).try_for_each(|(parameter, value)| {
        let start = out.begin(Medium::Header);
        value
            .encode(Encoder::simple(out))
            .and_then(|()| check(parameter, out, start))
            .map_err(|problem| refuse(metadata, parameter, problem))?;
        if out.items > 0 {
            out.headers.push((parameter, start..out.bytes.len()));
        }
        Ok(())
    })
}

/// Refuses a value from `start` on that has a flaw as a whole. What has no items is not sent.
fn check(parameter: &Parameter, out: &Output, start: usize) -> Result<(), EncodeError> {
    if out.items == 0 {
        return Ok(());
    }
    flaw(parameter.name(), &out.bytes[start..]).map_or(Ok(()), |reason| Err(EncodeError::new(reason)))
}

/// What is wrong with a header's value as a whole, if anything is. The name is lower case.
pub(crate) fn flaw(name: &str, value: &[u8]) -> Option<&'static str> {
    let blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    if blank(value.first()) || blank(value.last()) {
        return Some("begins or ends with white space, which recipients strip; trim the value");
    }
    (value.is_empty() && name == ACCOUNT_ID).then_some("is empty; pass the id of the linked account")
}

/// Fills the map of all headers. A declared `accept` or `content-type` takes the place of the default.
pub(super) fn collect(
    headers: &mut HeaderMap,
    metadata: &'static Metadata,
    body: Option<&BodyMetadata>,
    declared: &[(&'static Parameter, Range<usize>)],
    bytes: &Bytes,
) -> Result<(), Error> {
    // Beside what is set here, a client adds who is calling, with which key: a map that grows is made twice.
    headers.reserve(declared.len() + usize::from(body.is_some()) + 3);
    headers.insert(ACCEPT, constant(metadata.response().accept()));
    if let Some(body) = body {
        headers.insert(CONTENT_TYPE, constant(body.content_type()));
    }
    for (parameter, span) in declared {
        let mut value = HeaderValue::from_maybe_shared(bytes.slice(span.clone())).map_err(|_| {
            refuse(metadata, parameter, EncodeError::new("has a character that no header may carry; take it out"))
        })?;
        value.set_sensitive(parameter.is_sensitive());
        if let Some(name) = parameter.header() {
            headers.insert(name.clone(), value);
        }
    }
    Ok(())
}

/// A media type as a header value. JSON's is ready: making a value of a text takes a look at each of its bytes, a hundred
/// instructions for this one.
fn constant(media_type: &'static str) -> HeaderValue {
    const JSON: &str = "application/json";
    const JSON_VALUE: HeaderValue = HeaderValue::from_static(JSON);
    match media_type {
        JSON => JSON_VALUE,
        other => HeaderValue::from_static(other),
    }
}
