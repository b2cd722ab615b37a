//! From an operation's values to the request that carries them: `values -> target, headers, body -> http::Request`.
//!
//! Generated code calls [`build`] and nothing else; it is compiled once, whatever the number of operations.

mod bytes_like;
mod encoder;
mod json;
mod key;
mod number;
mod output;
mod percent;
mod problem;

pub use bytes_like::ToBody;
pub use encoder::{Param, Value};
pub use json::Body;
use problem::Problem;

use crate::{
    Error,
    operation::{self, Metadata, Parameter, Place},
};
use bytes::Bytes;
use encoder::Encoder;
use http::{
    HeaderMap, HeaderName, HeaderValue, Request, Uri,
    header::{ACCEPT, CONTENT_TYPE},
    uri::PathAndQuery,
};
use output::Output;

/// What an operation's body is made from.
#[expect(missing_debug_implementations, reason = "lives for one call, and holds what may be secret")]
pub enum Payload<'a> {
    /// No body, and no `Content-Type`.
    None,
    /// A JSON document.
    Json(&'a dyn Body),
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
    payload: Payload<'_>,
) -> Result<Request<Bytes>, Error> {
    let uri = target(metadata, values)?;
    let headers = headers(metadata, values, !matches!(payload, Payload::None))?;
    let body = body(metadata, payload)?;
    let mut request = Request::new(body);
    *request.method_mut() = metadata.method().clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    Ok(request)
}

/// The parameters of one place, with their values.
fn parameters<'a>(
    metadata: &'static Metadata,
    values: &'a [&'a dyn Value],
    place: Place,
) -> impl Iterator<Item = (&'static Parameter, &'a dyn Value)> {
    metadata.parameters().iter().zip(values.iter().copied()).filter(move |(parameter, _)| parameter.place() == place)
}

/// Says which parameter a problem is about. What serde reports may quote the value, so a secret one keeps its reason.
fn refuse(metadata: &'static Metadata, parameter: &Parameter, problem: Problem) -> Error {
    let place = match parameter.place() {
        Place::Path => "path value",
        Place::Query => "query parameter",
        Place::Header => "header",
    };
    let (reason, path) = problem.into_parts();
    let name = parameter.name();
    let message = if parameter.is_sensitive() {
        format!("({place} `{name}`) cannot be sent; the reason is not shown, as the value is a secret")
    } else if path.is_empty() {
        format!("({place} `{name}`) {reason}")
    } else {
        format!("({place} `{name}`, at `{path}`) {reason}")
    };
    Error::build(metadata.id(), Some(parameter.field()), message)
}

/// The path with its placeholders filled, and the query.
fn target(metadata: &'static Metadata, values: &[&dyn Value]) -> Result<Uri, Error> {
    let mut out = Output::target(metadata.path().len() + 24 * values.len());
    for segment in metadata.path().split('/').skip(1) {
        out.bytes.push(b'/');
        if segment.contains('{') {
            fill(metadata, values, segment, &mut out)?;
        } else {
            out.bytes.extend_from_slice(segment.as_bytes());
        }
    }
    for (parameter, value) in parameters(metadata, values, Place::Query) {
        let encoder = Encoder::query(&mut out, parameter.name(), parameter.style(), parameter.explode());
        value.encode(encoder).map_err(|problem| refuse(metadata, parameter, problem))?;
    }
    let length = out.bytes.len();
    // The `http` crate keeps offsets in 16 bits.
    if length >= usize::from(u16::MAX) {
        let message = format!("the path and query take {length} bytes, and {} is the limit", u16::MAX - 1);
        return Err(Error::build(metadata.id(), None, message));
    }
    let target = PathAndQuery::from_maybe_shared(Bytes::from(out.bytes));
    target
        .map(Uri::from)
        .map_err(|error| Error::build(metadata.id(), None, format!("the target is not valid: {error}")))
}

/// Fills the placeholders of one segment of the path template.
fn fill(metadata: &'static Metadata, values: &[&dyn Value], segment: &str, out: &mut Output) -> Result<(), Error> {
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
    let shown = match dots(&out.bytes[start..]) {
        None => return Ok(()),
        Some(0) => "is empty, and an empty path segment names another endpoint; pass the id itself",
        Some(1) => "makes the path segment `.`, which URL parsers take away, so that another endpoint would be called",
        Some(_) => "makes the path segment `..`, which URL parsers resolve, so that another endpoint would be called",
    };
    Err(refuse(metadata, parameter, Problem::new(shown)))
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

fn headers(metadata: &'static Metadata, values: &[&dyn Value], has_body: bool) -> Result<HeaderMap, Error> {
    let declared = metadata.parameters().iter().filter(|parameter| parameter.place() == Place::Header).count();
    let mut headers = HeaderMap::with_capacity(declared + 2);
    headers.insert(ACCEPT, HeaderValue::from_static(metadata.response().accept()));
    if let (true, Some(body)) = (has_body, metadata.body()) {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(body.content_type()));
    }
    for (parameter, value) in parameters(metadata, values, Place::Header) {
        let mut out = Output::header();
        value
            .encode(Encoder::simple(&mut out))
            .and_then(|()| if out.items == 0 { Ok(None) } else { header_value(parameter, out.bytes).map(Some) })
            .map(|value| value.and_then(|value| headers.insert(HeaderName::from_static(parameter.name()), value)))
            .map_err(|problem| refuse(metadata, parameter, problem))?;
    }
    Ok(headers)
}

/// The header whose emptiness would name no account, or every one.
const ACCOUNT_ID: &str = "x-account-id";

fn header_value(parameter: &Parameter, bytes: Vec<u8>) -> Result<HeaderValue, Problem> {
    let blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    if blank(bytes.first()) || blank(bytes.last()) {
        return Err(Problem::new("begins or ends with white space, which recipients strip; trim the value"));
    }
    if bytes.is_empty() && parameter.name() == ACCOUNT_ID {
        return Err(Problem::new("is empty; pass the id of the linked account"));
    }
    let mut value = HeaderValue::from_maybe_shared(Bytes::from(bytes))
        .map_err(|_| Problem::new("has a character that no header may carry"))?;
    value.set_sensitive(parameter.is_sensitive());
    Ok(value)
}

fn body(metadata: &'static Metadata, payload: Payload<'_>) -> Result<Bytes, Error> {
    let refuse = |problem: Problem| {
        let (reason, path) = problem.into_parts();
        let message =
            if path.is_empty() { format!("the body {reason}") } else { format!("the body {reason}, at `{path}`") };
        Error::build(metadata.id(), metadata.body().map(operation::Body::field), message)
    };
    let bytes = match payload {
        Payload::None => return Ok(Bytes::new()),
        Payload::Bytes(bytes) => return Ok(bytes),
        Payload::Json(value) => {
            let mut out = Vec::with_capacity(256);
            value.write(&mut out).map_err(refuse)?;
            out
        }
        Payload::Form(value) => {
            let mut out = Output::form();
            value.encode(Encoder::form(&mut out)).map_err(refuse)?;
            out.bytes
        }
    };
    Ok(Bytes::from(bytes))
}
