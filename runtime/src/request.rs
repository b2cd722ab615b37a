//! From an operation's values to the request that carries them: `values -> target, headers, body -> http::Request`.
//!
//! Generated code calls [`build`] and nothing else; it is compiled once, whatever the number of operations.

mod bytes_like;
mod compound;
mod encode_error;
mod encoder;
mod headers;
mod json;
mod key;
mod number;
mod output;
mod percent;
mod scan;
mod target;

pub use bytes_like::ToBytes;
use encode_error::EncodeError;
pub use encoder::{Param, Value};
#[cfg(feature = "client")]
pub(crate) use headers::flaw;
pub use json::JsonBody;
#[cfg(feature = "client")]
pub(crate) use target::dots;

use crate::{
    Error,
    operation::{self, Location, Metadata, Parameter},
};
use bytes::Bytes;
use encoder::Encoder;
use http::{Request, Uri, uri::PathAndQuery};
use output::{Medium, Output};

/// What an operation's body is made from.
#[expect(missing_debug_implementations, reason = "lives for one call, and holds what may be secret")]
pub enum RequestBody<'a> {
    /// No body, and no `Content-Type`.
    None,
    /// A JSON document.
    Json(&'a dyn JsonBody),
    /// `application/x-www-form-urlencoded`: the value's fields, encoded like a query.
    Form(&'a dyn Value),
    /// Bytes as they are.
    Bytes(Bytes),
}

/// Builds the request of an operation. `values` are its parameters' values, in the order of the metadata.
///
/// # Errors
///
/// A value that cannot be sent as it is; the error names its field.
pub fn build(
    metadata: &'static Metadata,
    values: &[&dyn Value],
    payload: RequestBody<'_>,
) -> Result<Request<Bytes>, Error> {
    let mut out = Output::take();
    target::write(&mut out, metadata, values)?;
    let target = out.bytes.len();
    headers::write(&mut out, metadata, values)?;
    let body = out.bytes.len()..;
    let declared = if matches!(payload, RequestBody::None) { None } else { metadata.body() };
    let ready = body_of(&mut out, metadata, payload)?;

    let mut bytes = out.freeze();
    let mut request = Request::new(ready.unwrap_or_else(|| bytes.slice(body)));
    *request.method_mut() = metadata.method().clone();
    headers::collect(request.headers_mut(), metadata, declared, &out.headers, &bytes)?;
    bytes.truncate(target);
    *request.uri_mut() = uri(metadata, bytes)?;
    out.release();
    Ok(request)
}

/// Parameters with their values, by their indexes.
fn parameters<'a>(
    metadata: &'static Metadata,
    values: &'a [&'a dyn Value],
    indexes: &'static [usize],
) -> impl Iterator<Item = (&'static Parameter, &'a dyn Value)> {
    indexes.iter().filter_map(move |&index| parameter(metadata, values, index))
}

fn parameter<'a>(
    metadata: &'static Metadata,
    values: &'a [&'a dyn Value],
    index: usize,
) -> Option<(&'static Parameter, &'a dyn Value)> {
    Some((metadata.parameters().get(index)?, *values.get(index)?))
}

/// Says which parameter a problem is about. What serde reports may quote the value, so a secret one keeps its reason.
fn refuse(metadata: &'static Metadata, parameter: &Parameter, problem: EncodeError) -> Error {
    let location = match parameter.location() {
        Location::Path => "path value",
        Location::Query => "query parameter",
        Location::Header => "header",
    };
    let (reason, path) = problem.into_parts();
    // The error begins with the field, so that its name on the wire says something only if it is another.
    let name = if parameter.name() == parameter.field() { String::new() } else { format!(" `{}`", parameter.name()) };
    let message = if parameter.is_sensitive() {
        format!("({location}{name}) cannot be sent; the reason is not shown, as the value is a secret")
    } else if path.is_empty() {
        format!("({location}{name}) {reason}")
    } else {
        format!("({location}{name}, at `{path}`) {reason}")
    };
    Error::build(metadata.id(), Some(parameter.field()), message)
}

fn uri(metadata: &'static Metadata, target: Bytes) -> Result<Uri, Error> {
    PathAndQuery::from_maybe_shared(target)
        .map(Uri::from)
        .map_err(|error| Error::build(metadata.id(), None, format!("the target is not valid: {error}")))
}

/// Writes the body, or hands it back if it is bytes already.
fn body_of(out: &mut Output, metadata: &'static Metadata, payload: RequestBody<'_>) -> Result<Option<Bytes>, Error> {
    let written = match payload {
        RequestBody::None => Ok(()),
        RequestBody::Bytes(bytes) => return Ok(Some(bytes)),
        RequestBody::Json(value) => value.write(&mut out.bytes),
        RequestBody::Form(value) => {
            let start = out.begin(Medium::Url);
            let written = value.encode(Encoder::form(out));
            // The `&` of its first pair.
            out.bytes.drain(start..out.bytes.len().min(start + 1));
            written
        }
    };
    written.map(|()| None).map_err(|problem| {
        let (reason, path) = problem.into_parts();
        let message =
            if path.is_empty() { format!("the body {reason}") } else { format!("the body {reason}, at `{path}`") };
        Error::build(metadata.id(), metadata.body().map(operation::BodyMetadata::field), message)
    })
}
