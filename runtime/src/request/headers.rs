//! The headers: `Accept`, `Content-Type`, and those that the operation declares, with its cookies.

use super::{
    EncodeError, ParameterValue,
    parameter::{Escaping, ParameterSerializer, ParameterWriter},
    parameters::{Values, encode_error},
};
use crate::{
    Error,
    operation::{BodyMetadata, Parameter},
};
use http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT, CONTENT_TYPE, COOKIE},
};

/// The header that names the linked account. An empty value would name no account.
const ACCOUNT_ID: &str = "x-account-id";

/// Writes all headers. A constant or declared `accept` or `content-type` replaces the default.
pub(super) fn write(
    headers: &mut HeaderMap,
    writer: &mut ParameterWriter,
    values: &Values<'_>,
    body: Option<&BodyMetadata>,
) -> Result<(), Error> {
    // A client adds its user agent and its credentials later. A map that grows allocates twice.
    headers.reserve(values.metadata.header_count() + usize::from(body.is_some()) + 3);
    headers.insert(ACCEPT, HeaderValue::from_static(values.metadata.response().accept()));
    if let Some(body) = body {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(body.content_type()));
    }
    for (name, value) in values.metadata.constant_headers() {
        headers.insert(name.clone(), value.clone());
    }
    for (parameter, value) in values.headers() {
        let value = write_value(writer, parameter, value);
        let value = value.map_err(|error| encode_error(values.metadata, parameter, error))?;
        if let (Some(mut value), Some(name)) = (value, parameter.header_name()) {
            value.set_sensitive(parameter.is_sensitive());
            headers.insert(name.clone(), value);
        }
    }
    write_cookies(headers, writer, values)
}

/// Writes all cookies into one header (RFC 6265, section 4.2.1). Without a value there is no header.
fn write_cookies(headers: &mut HeaderMap, writer: &mut ParameterWriter, values: &Values<'_>) -> Result<(), Error> {
    writer.start(Escaping::Cookie);
    for (parameter, value) in values.cookies() {
        value
            .encode(ParameterSerializer::cookie(writer, parameter))
            .map_err(|error| encode_error(values.metadata, parameter, error))?;
    }
    if writer.bytes().is_empty() {
        return Ok(());
    }
    // Each pair starts with `; `.
    let mut value = HeaderValue::from_maybe_shared(writer.take().slice(2..))
        .map_err(|_| Error::build(values.metadata.id(), None, "the cookies cannot be written into a header"))?;
    value.set_sensitive(true);
    headers.insert(COOKIE, value);
    Ok(())
}

/// The value of a header. `None` if it has no items and is not sent.
fn write_value(
    writer: &mut ParameterWriter,
    parameter: &Parameter,
    value: &dyn ParameterValue,
) -> Result<Option<HeaderValue>, EncodeError> {
    writer.start(Escaping::Latin1);
    value.encode(ParameterSerializer::simple(writer, parameter))?;
    let bytes = writer.take();
    if !writer.has_items() {
        return Ok(None);
    }
    check_header_value(parameter.name(), &bytes).map_err(EncodeError::new)?;
    let value = HeaderValue::from_maybe_shared(bytes);
    value.map(Some).map_err(|_| EncodeError::new("contains a character that a header cannot contain; remove it"))
}

/// Checks a header value as a whole. `name` is lower case.
///
/// # Errors
///
/// The reason, as the end of a sentence that starts with the name of the header.
pub(crate) fn check_header_value(name: &str, value: &[u8]) -> Result<(), &'static str> {
    let is_blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    if is_blank(value.first()) || is_blank(value.last()) {
        return Err("starts or ends with white space, which recipients remove; trim the value");
    }
    if value.is_empty() && name == ACCOUNT_ID {
        return Err("is empty; pass the id of the linked account");
    }
    Ok(())
}
