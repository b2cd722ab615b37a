//! Decoding the response of another HTTP library, by the rules of the client.

mod receive;

use crate::{
    Error, Operation,
    classify::classify,
    decode::{DecodeBuffered, accepts_empty, decode},
    error::{Cause, ExchangeReport},
    error_format::ErrorFormat,
    format::Download,
    operation::Metadata,
    raw_response::{RawBody, RawResponse},
    received::{Limits, Received, first_bytes},
    response::{Response, ResponseOf},
    response_head::ResponseHead,
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use receive::{Chunks, ReadChunks, receive};
use std::{io::Read, time::Instant};

/// Decodes a response that another HTTP library received as a whole: an asynchronous one such as `reqwest`, or a test.
///
/// The rules are those of [`Client`](crate::Client), with StackOne's error format and the default limits: heartbeats are
/// removed, an error envelope under a 2xx status is an error, and half a document is a truncation.
/// [`ResponseDecoder`] has the settings.
///
/// ```
/// use stackone::{BaseUrl, ErrorKind, Operation, bytes::Bytes, decode_response, http, stackone_operation};
///
/// #[derive(Debug, serde::Deserialize)]
/// struct User {
///     name: String,
/// }
///
/// #[stackone_operation(method = "GET", path = "/users/{id}", response = User)]
/// struct GetUserRequest {
///     #[path] id: String,
/// }
///
/// let request = GetUserRequest::builder().id("usr_1").build().to_http_request()?;
/// let request = BaseUrl::default().join(request)?;
/// # fn send(request: http::Request<Bytes>) -> http::Response<Bytes> {
/// #     assert_eq!(request.uri(), "https://api.stackone.com/users/usr_1");
/// #     http::Response::new(Bytes::from_static(b"\n\n{\"name\":\"Ada\"}"))
/// # }
/// let response: http::Response<Bytes> = send(request);
/// let user = decode_response::<GetUserRequest>(response)?;
/// assert_eq!((user.value.name.as_str(), user.heartbeats()), ("Ada", 2));
///
/// let refused = http::Response::new(Bytes::from_static(b"{\"statusCode\":404,\"message\":\"no such user\"}"));
/// let error = decode_response::<GetUserRequest>(refused).unwrap_err();
/// assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(http::StatusCode::NOT_FOUND)));
/// # Ok::<(), stackone::Error>(())
/// ```
///
/// # Errors
///
/// `Api`, `Truncated`, `Decode` or `BodyTooLarge`: see [`ErrorKind`](crate::ErrorKind).
pub fn decode_response<O>(response: http::Response<Bytes>) -> Result<ResponseOf<O>, Error>
where
    O: Operation<Response: DecodeBuffered>,
{
    ResponseDecoder::new().decode::<O>(response)
}

/// Reads and decodes a response of a blocking HTTP library such as `ureq`, as [`decode_response`] does.
///
/// Heartbeats are read and dropped as they arrive. At most `max_body` bytes are kept in memory.
///
/// ```
/// use stackone::{http::{HeaderMap, StatusCode}, read_response, stackone_operation};
///
/// #[stackone_operation(method = "GET", path = "/tags", response = Vec<String>)]
/// struct ListTagsRequest;
///
/// let body: &[u8] = b"\n\n\n[\"new\"]";
/// let tags = read_response::<ListTagsRequest>(StatusCode::OK, HeaderMap::new(), body)?;
/// assert_eq!(tags.value, ["new"]);
/// # Ok::<(), stackone::Error>(())
/// ```
///
/// # Errors
///
/// Those of [`decode_response`]. An error of the reader is one of the kind [`Truncated`](crate::ErrorKind::Truncated), and
/// [`get_ref`](Error::get_ref) returns it. If the response is an error already, its status and what was read count.
pub fn read_response<O>(status: StatusCode, headers: HeaderMap, body: impl Read) -> Result<ResponseOf<O>, Error>
where
    O: Operation<Response: DecodeBuffered>,
{
    ResponseDecoder::new().read::<O>(status, headers, body)
}

/// Decodes responses of other HTTP libraries, with an error format and limits. [`decode_response`] and [`read_response`] do it
/// with the default settings.
///
/// The body must be without content coding. HTTP libraries decompress it, or do not ask for it.
///
/// ```
/// use stackone::{ErrorFormat, ResponseDecoder, bytes::Bytes, http, stackone_operation};
///
/// #[stackone_operation(method = "POST", path = "/api/auth.test")]
/// struct AuthTestRequest;
///
/// let slack = ErrorFormat::http().error_envelope("ok", |ok| ok.as_bool() == Some(false)).message("/error");
/// let decoder = ResponseDecoder::new().error_format(slack).max_body(1 << 20);
/// let response = http::Response::new(Bytes::from_static(b"{\"ok\":false,\"error\":\"not_authed\"}"));
/// let error = decoder.decode::<AuthTestRequest>(response).unwrap_err();
/// assert_eq!(error.api().unwrap().message(), "not_authed");
/// ```
#[derive(Debug, Clone, Default)]
pub struct ResponseDecoder {
    error_format: ErrorFormat,
    limits: Limits,
}

impl ResponseDecoder {
    /// A decoder with default settings.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How the API reports errors. Default: [`ErrorFormat::stackone`].
    #[must_use]
    pub fn error_format(mut self, format: ErrorFormat) -> Self {
        self.error_format = format;
        self
    }

    /// The longest body in bytes, without heartbeats. A longer one is an error of the kind
    /// [`BodyTooLarge`](crate::ErrorKind::BodyTooLarge). Default: 32 MiB.
    #[must_use]
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.limits.body = bytes;
        self
    }

    /// The number of bytes of an error response that are read and kept. Default: 64 KiB.
    #[must_use]
    pub fn max_error_body(mut self, bytes: u64) -> Self {
        self.limits.error_body = bytes;
        self
    }

    /// The largest number of heartbeats before a document. Default: 1,000,000.
    #[must_use]
    pub fn max_heartbeats(mut self, heartbeats: u64) -> Self {
        self.limits.heartbeats = heartbeats;
        self
    }

    /// Decodes a response with its whole body.
    ///
    /// The response has one attempt and no elapsed time, because the decoder does not see the call.
    ///
    /// # Errors
    ///
    /// Those of [`decode_response`], and `Config` if the error format is invalid.
    pub fn decode<O>(&self, response: http::Response<Bytes>) -> Result<ResponseOf<O>, Error>
    where
        O: Operation<Response: DecodeBuffered>,
    {
        let (parts, body) = response.into_parts();
        let head = Head { metadata: O::metadata(), status: parts.status, headers: parts.headers, started: None };
        decode_value::<O::Response>(self.receive(head, accepts_empty::<O::Response>, &mut Some(body))?)
    }

    /// Reads and decodes a response. [`elapsed`](Response::elapsed) is the time in which the body was read.
    ///
    /// # Errors
    ///
    /// Those of [`read_response`], and `Config` if the error format is invalid.
    pub fn read<O>(&self, status: StatusCode, headers: HeaderMap, body: impl Read) -> Result<ResponseOf<O>, Error>
    where
        O: Operation<Response: DecodeBuffered>,
    {
        let head = Head { metadata: O::metadata(), status, headers, started: Some(Instant::now()) };
        decode_value::<O::Response>(self.receive(head, accepts_empty::<O::Response>, &mut ReadChunks::new(body))?)
    }

    /// Checks the response of an operation with `response = download`, and returns the reader of its body unchanged.
    ///
    /// The HTTP library decides when the body is complete. A response without a `Content-Length` over HTTP/1.0 may be cut
    /// without an error.
    ///
    /// # Errors
    ///
    /// `Api` if the status says that the response is no success, and `Config` if the error format is invalid.
    pub fn download<O, R>(&self, status: StatusCode, headers: HeaderMap, mut body: R) -> Result<Response<R>, Error>
    where
        O: Operation<Response = Download>,
        R: Read,
    {
        let head = Head { metadata: O::metadata(), status, headers, started: Some(Instant::now()) };
        if status.is_success() {
            self.check(&head)?;
            return Ok(Response::new(body, ResponseHead::new(self.report(head, &Received::default()))));
        }
        // The status is that of an error, so that there is no response without one.
        let response = self.receive(head, |_| true, &mut ReadChunks::new(body.by_ref()))?;
        Ok(Response::new(body, ResponseHead::new(response.report)))
    }

    fn check(&self, head: &Head) -> Result<(), Error> {
        match self.error_format.invalid() {
            None => Ok(()),
            Some(message) => {
                let cause = Cause::Config(format!("setting `error_format`: {message}").into());
                Err(Error::failure(head.metadata, cause, ExchangeReport::default()))
            }
        }
    }

    /// The part of decoding that does not depend on types: receives the body and classifies the response.
    fn receive(
        &self,
        head: Head,
        accepts_empty: fn(StatusCode) -> bool,
        chunks: &mut dyn Chunks,
    ) -> Result<RawResponse, Error> {
        self.check(&head)?;
        let Head { metadata, status, .. } = head;
        let (received, result) = receive(self.limits, metadata, status, chunks);
        let result =
            result.and_then(|()| classify(metadata, &self.error_format, accepts_empty, status, &received.bytes));
        let report = self.report(head, &received);
        match result {
            Ok(()) => Ok(RawResponse { body: RawBody::Complete(received.bytes), metadata, report }),
            Err(cause) => Err(Error::failure(metadata, cause, report)),
        }
    }

    fn report(&self, head: Head, received: &Received) -> ExchangeReport {
        let elapsed = head.started.map(|started| started.elapsed());
        ExchangeReport {
            status: Some(head.status),
            headers: head.headers,
            body: first_bytes(&received.bytes, self.limits.error_body),
            heartbeats: received.heartbeats,
            attempt_elapsed: elapsed,
            elapsed: elapsed.unwrap_or_default(),
            attempts: 1,
            sent: true,
            request_id_header: self.error_format.header_of_request_id(),
            earlier_outcome_unknown: false,
        }
    }
}

/// A response without its body.
struct Head {
    metadata: &'static Metadata,
    status: StatusCode,
    headers: HeaderMap,
    /// When the body began to be read. `None` if it was received before.
    started: Option<Instant>,
}

fn decode_value<F: DecodeBuffered>(mut response: RawResponse) -> Result<Response<F::Value>, Error> {
    match decode::<F>(&mut response) {
        Ok(value) => Ok(Response::new(value, ResponseHead::new(response.report))),
        Err(error) => Err(response.into_error(error.into())),
    }
}

#[cfg(test)]
mod tests;
