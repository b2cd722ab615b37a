//! From the bytes of a response to the value that the caller gets.

#[cfg(feature = "client")]
mod content_disposition;
#[cfg(feature = "client")]
mod download;
mod empty_body;
mod json_path;
mod not_json;

#[cfg(feature = "blocking")]
pub(crate) use download::io_error;
#[cfg(feature = "client")]
pub use download::{DownloadBody, Progress};

use crate::{
    error::{BoxError, Cause},
    format::{
        self, ByStatus, Decodable, DocumentReader, Format, Headers, HeadersAnd, Ignored, Json, ResponseHeaders,
        Responses, Text, WithHeaders,
    },
    raw_response::RawResponse,
};
use http::StatusCode;
use not_json::NotJson;
use sealed::DecodeRaw;

/// A format whose responses can be decoded. It is sealed: the formats of [`format`](mod@crate::format) implement it, and
/// [`Download`](format::Download) only with the feature `client`.
pub trait Decode: Format + DecodeRaw<Output = Self::Value> {
    /// The type of the decoded value.
    type Value;
}

impl<F: Format + DecodeRaw> Decode for F {
    type Value = F::Output;
}

/// A format whose body is received as a whole before it is decoded: every format but a download. It is sealed.
#[diagnostic::on_unimplemented(
    message = "a download is not decoded from a body in memory",
    label = "the response of this operation is a download",
    note = "check the response with `stackone::ResponseDecoder::download`, which returns the reader of its body",
    note = "the blocking client has `download` for this operation, in place of `send`",
    note = "or declare the operation with `response = bytes`"
)]
pub trait DecodeBuffered: Decode {}

impl<T: Decodable> DecodeBuffered for Json<T> {}
impl<T: Responses> DecodeBuffered for ByStatus<T> {}
impl DecodeBuffered for Text {}
impl DecodeBuffered for format::Bytes {}
impl DecodeBuffered for Ignored {}
impl<H: ResponseHeaders> DecodeBuffered for Headers<H> {}
impl<H: ResponseHeaders, F: DecodeBuffered> DecodeBuffered for HeadersAnd<H, F> {}

mod sealed {
    use super::{DecodeError, RawResponse};
    use http::StatusCode;

    /// Decodes a response. It is private, so that no other crate can implement [`Decode`](super::Decode).
    pub trait DecodeRaw {
        type Output;

        /// Whether there is a value for a response with this status and without a body.
        fn accepts_empty(_: StatusCode) -> bool {
            false
        }

        fn decode(response: &mut RawResponse) -> Result<Self::Output, DecodeError>;
    }
}

/// Why a response is not what the operation declares, and where.
#[derive(Debug)]
pub struct DecodeError {
    path: Option<String>,
    source: BoxError,
}

impl From<DecodeError> for Cause {
    fn from(DecodeError { path, source }: DecodeError) -> Self {
        Self::Decode { path, source }
    }
}

/// Whether the format has a value for a response with this status and without a body.
pub(crate) fn accepts_empty<F: Decode>(status: StatusCode) -> bool {
    <F as DecodeRaw>::accepts_empty(status)
}

/// Decodes a response.
pub(crate) fn decode<F: Decode>(response: &mut RawResponse) -> Result<F::Value, DecodeError> {
    <F as DecodeRaw>::decode(response)
}

impl<T: Decodable> DecodeRaw for Json<T> {
    type Output = T;

    fn accepts_empty(_: StatusCode) -> bool {
        T::deserialize(empty_body::EmptyBody).is_ok()
    }

    fn decode(response: &mut RawResponse) -> Result<T, DecodeError> {
        json(response)
    }
}

/// The value of a JSON document.
fn json<T: Decodable>(response: &RawResponse) -> Result<T, DecodeError> {
    if response.bytes().is_empty() {
        return T::deserialize(empty_body::EmptyBody).map_err(|error| DecodeError { path: None, source: error.into() });
    }
    serde_json::from_str(document(response)?).map_err(|error| json_error(response, error))
}

/// A JSON document as text. One check of the whole document is faster than a check of each string by the decoder: see "an
/// answer after three beats, decoded" in `benches/RESULTS.md`.
fn document(response: &RawResponse) -> Result<&str, DecodeError> {
    let bytes = response.bytes();
    str::from_utf8(bytes).map_err(|error| match NotJson::of(response.headers(), bytes) {
        Some(not_json) => not_json.into(),
        None => DecodeError { path: json_path::of_byte(bytes, error.valid_up_to()), source: error.into() },
    })
}

/// The path is found in the document once there is an error. Hence the types of a program need no second deserializer that
/// keeps track of paths.
fn json_error(response: &RawResponse, error: serde_json::Error) -> DecodeError {
    let document = response.bytes();
    match NotJson::of(response.headers(), document) {
        Some(not_json) => not_json.into(),
        None => {
            DecodeError { path: json_path::of_position(document, error.line(), error.column()), source: error.into() }
        }
    }
}

impl From<NotJson> for DecodeError {
    fn from(not_json: NotJson) -> Self {
        Self { path: None, source: not_json.into() }
    }
}

impl DecodeRaw for Text {
    type Output = String;

    fn decode(response: &mut RawResponse) -> Result<String, DecodeError> {
        str::from_utf8(response.bytes())
            .map(str::to_owned)
            .map_err(|error| DecodeError { path: None, source: error.into() })
    }
}

impl DecodeRaw for format::Bytes {
    type Output = bytes::Bytes;

    fn decode(response: &mut RawResponse) -> Result<bytes::Bytes, DecodeError> {
        Ok(response.bytes().clone())
    }
}

#[cfg(feature = "client")]
impl DecodeRaw for format::Download {
    type Output = DownloadBody;

    fn decode(response: &mut RawResponse) -> Result<DownloadBody, DecodeError> {
        let body = response.take_stream();
        Ok(DownloadBody::new(body, response.headers()))
    }
}

impl DecodeRaw for Ignored {
    type Output = ();

    fn accepts_empty(_: StatusCode) -> bool {
        true
    }

    fn decode(_: &mut RawResponse) -> Result<(), DecodeError> {
        Ok(())
    }
}

/// The value of the headers.
fn headers<H: ResponseHeaders>(response: &RawResponse) -> Result<H, DecodeError> {
    H::from_headers(response.headers()).map_err(|error| DecodeError { path: None, source: error.into() })
}

impl<H: ResponseHeaders> DecodeRaw for Headers<H> {
    type Output = H;

    fn accepts_empty(_: StatusCode) -> bool {
        true
    }

    fn decode(response: &mut RawResponse) -> Result<H, DecodeError> {
        headers(response)
    }
}

impl<H: ResponseHeaders, F: Format + DecodeRaw> DecodeRaw for HeadersAnd<H, F> {
    type Output = WithHeaders<H, F::Output>;

    fn accepts_empty(status: StatusCode) -> bool {
        F::accepts_empty(status)
    }

    fn decode(response: &mut RawResponse) -> Result<Self::Output, DecodeError> {
        // The headers first, because a download that fails must not have taken its body.
        Ok(WithHeaders::new(headers(response)?, F::decode(response)?))
    }
}

impl<T: Responses> DecodeRaw for ByStatus<T> {
    type Output = T;

    /// A status that is not declared has its own error.
    fn accepts_empty(status: StatusCode) -> bool {
        let status = status.as_u16();
        !T::STATUSES.contains(&status) || T::read(status, empty_body::EmptyBodyReader).is_ok()
    }

    fn decode(response: &mut RawResponse) -> Result<T, DecodeError> {
        T::read(response.status().as_u16(), &*response)
    }
}

/// The document of a response.
impl DocumentReader for &RawResponse {
    type Error = DecodeError;

    fn read<T: Decodable>(self) -> Result<T, DecodeError> {
        json(self)
    }

    fn undeclared_status(self, declared: &'static [u16]) -> DecodeError {
        let declared: Vec<String> = declared.iter().map(u16::to_string).collect();
        let message = format!(
            "the status {} is not among those that the operation declares: {}",
            self.status().as_u16(),
            declared.join(", ")
        );
        DecodeError { path: None, source: message.into() }
    }
}
