//! The body of a request.

use super::{
    EncodeError, ParameterValue,
    json::JsonBody,
    parameter::{Escaping, ParameterSerializer, ParameterWriter},
};
use crate::{
    Error,
    operation::{BodyMetadata, Metadata},
};
use bytes::Bytes;

/// The value of an operation's body.
#[expect(missing_debug_implementations, reason = "holds values, which may be secret")]
pub enum RequestBody<'a> {
    /// No body, and no `Content-Type`.
    None,
    /// A JSON document.
    Json(&'a dyn JsonBody),
    /// `application/x-www-form-urlencoded`: the fields of the value, encoded as in a query, or a text that is encoded already.
    Form(&'a dyn ParameterValue),
    /// Bytes that are sent unchanged.
    Bytes(Bytes),
}

/// The capacity for a JSON document. Most documents need less.
const CAPACITY: usize = 1024;

/// A body from this length on has an allocation of the right size, as it may be kept for long.
const LARGE: usize = 16 << 10;

/// The part of such a body that may be unused memory.
const UNUSED_PART: usize = 64;

/// Writes the body.
pub(super) fn write(metadata: &'static Metadata, body: RequestBody<'_>) -> Result<Bytes, Error> {
    let written = match body {
        RequestBody::None => Ok(Bytes::new()),
        RequestBody::Bytes(bytes) => Ok(bytes),
        RequestBody::Json(value) => json(value),
        RequestBody::Form(value) => form(metadata.body(), value),
    };
    written.map_err(|error| {
        let (reason, path) = error.into_parts();
        let message =
            if path.is_empty() { format!("the body {reason}") } else { format!("the body {reason}, at `{path}`") };
        Error::build(metadata.id(), metadata.body().map(BodyMetadata::field), message)
    })
}

fn json(value: &dyn JsonBody) -> Result<Bytes, EncodeError> {
    let mut document = Vec::with_capacity(CAPACITY);
    value.write(&mut document)?;
    // A smaller buffer may be a copy, which is not worth a few bytes.
    let unused = document.capacity() - document.len();
    if document.len() >= LARGE && unused > document.len() / UNUSED_PART {
        document.shrink_to_fit();
    }
    Ok(document.into())
}

fn form(body: Option<&BodyMetadata>, value: &dyn ParameterValue) -> Result<Bytes, EncodeError> {
    let mut writer = ParameterWriter::new();
    writer.start(Escaping::Percent);
    value.encode(ParameterSerializer::form(&mut writer, body))?;
    let pairs = writer.take();
    // Each pair starts with `&`.
    Ok(if pairs.is_empty() { pairs } else { pairs.slice(1..) })
}
