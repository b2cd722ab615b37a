//! What a complete response means: a success to decode, or which error.
//!
//! This is a pure function of the response. It needs neither a client nor a runtime.

mod document_scan;
mod error_envelope;
mod field;

use crate::{
    error::{ApiError, Cause},
    error_format::{Envelope, ErrorFormat},
    format::ResponseFormat,
    operation::Metadata,
};
use document_scan::is_complete_without_envelope;
use error_envelope::error_envelope;
use field::has_field;
use http::{Method, StatusCode};

/// Classifies a response by its status and its body, without heartbeats and content coding.
///
/// `errors` is the error format of the API. `accepts_empty` says whether the response type has a value for a response with that
/// status and without a body.
pub(crate) fn classify(
    metadata: &Metadata,
    errors: &ErrorFormat,
    accepts_empty: fn(StatusCode) -> bool,
    status: StatusCode,
    body: &[u8],
) -> Result<(), Cause> {
    if !status.is_success() {
        return Err(api_error(errors, status, body));
    }
    let format = metadata.response();
    if body.is_empty() {
        return if format != ResponseFormat::Json || accepts_empty(status) {
            Ok(())
        } else {
            Err(empty(metadata, status))
        };
    }
    if !matches!(format, ResponseFormat::Json | ResponseFormat::Ignored) {
        return Ok(());
    }
    match status_of_envelope(metadata, errors, status, body) {
        Ok(Some(status)) => Err(api_error(errors, status, body)),
        // The caller does not see an ignored body. Half a document matters only if it may be half an error envelope.
        Err(error) if error.is_eof() && (format == ResponseFormat::Json || body.starts_with(b"{")) => {
            Err(Cause::Truncated { received: body.len() as u64, expected: None, source: None })
        }
        // The decoder reports a document that is not JSON, with the place.
        Ok(None) | Err(_) => Ok(()),
    }
}

/// The status of the error envelope that the document is, or `None` if it is none.
///
/// # Errors
///
/// The error of a document that is incomplete or not JSON.
fn status_of_envelope(
    metadata: &Metadata,
    errors: &ErrorFormat,
    status: StatusCode,
    body: &[u8],
) -> serde_json::Result<Option<StatusCode>> {
    match errors.envelope() {
        Envelope::Field { name, is_error } if !metadata.is_passthrough() => {
            Ok(has_field(body, name, is_error.as_ref())?.then_some(status))
        }
        _ if is_complete_without_envelope(body) => Ok(None),
        Envelope::StackOne if !metadata.is_passthrough() => error_envelope(body),
        // Half a document is found all the same.
        _ => error_envelope(body).map(|_| None),
    }
}

/// Whether HTTP says that the response has no body (RFC 9110, sections 9.3.2, 15.3.5 and 15.3.6).
pub(crate) fn has_no_body(metadata: &Metadata, status: StatusCode) -> bool {
    matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT) || metadata.method() == Method::HEAD
}

fn api_error(errors: &ErrorFormat, status: StatusCode, body: &[u8]) -> Cause {
    Cause::Api(Box::new(ApiError::from_body(errors, status, body)))
}

/// The error of a JSON response without a document.
fn empty(metadata: &Metadata, status: StatusCode) -> Cause {
    if has_no_body(metadata, status) {
        let message = "the response has no body, and the response type has no value for that; use an `Option`";
        return Cause::Decode { path: None, source: message.into() };
    }
    Cause::Truncated { received: 0, expected: None, source: None }
}
