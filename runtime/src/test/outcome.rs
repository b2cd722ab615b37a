//! Errors and responses for tests that need no client.

use super::{
    answer::{Answer, Reaction, Scripted},
    scripted_body::{End, connection_lost},
    transport::connection_refused,
};
use crate::{
    ApiError, Error, ErrorFormat, Operation, Response, ResponseHead, ResponseOf, TimeoutKind,
    classify::{classify, has_no_body},
    decode::{Decode, accepts_empty, decode},
    error::{Cause, ExchangeReport},
    format::ResponseFormat,
    operation::Metadata,
    raw_response::{RawBody, RawResponse, StreamingBody},
    settings::Settings,
    transport::NotSent,
};
use bytes::Bytes;
use http::StatusCode;
use http_body::{Body, Frame};
use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

impl Answer {
    /// What a client with default settings returns for this answer after one attempt: the response, or the error. It needs no runtime
    /// and takes no time.
    ///
    /// ```
    /// # use stackone::{Error, ErrorKind, stackone_operation, test::Answer};
    /// # #[stackone_operation(method = "POST", path = "/users", response = String)]
    /// # struct CreateUserRequest;
    /// // The code under test.
    /// fn advice(error: &Error) -> &'static str {
    ///     if error.outcome_unknown() { "look before you try again" } else { "try again" }
    /// }
    /// let error = |answer: Answer| answer.result::<CreateUserRequest>().unwrap_err();
    /// assert_eq!(advice(&error(Answer::error(409, "exists"))), "try again");
    /// assert_eq!(advice(&error(Answer::lost())), "look before you try again");
    /// assert_eq!(error(Answer::json("usr_1").cut_after(3)).kind(), ErrorKind::Truncated);
    ///
    /// let response = Answer::json("usr_1").status(201).result::<CreateUserRequest>().unwrap();
    /// assert_eq!((response.status().as_u16(), &*response.value), (201, "usr_1"));
    /// ```
    ///
    /// # Errors
    ///
    /// The error of the client: [`ErrorKind::Api`](crate::ErrorKind::Api) for [`Answer::error`],
    /// [`Transport`](crate::ErrorKind::Transport) for [`Answer::lost`], and so on.
    pub fn result<O>(self) -> Result<ResponseOf<O>, Error>
    where
        O: Operation,
        O::Response: Decode,
    {
        let mut raw = self.raw(O::metadata(), accepts_empty::<O::Response>)?;
        match decode::<O::Response>(&mut raw) {
            Ok(value) => Ok(Response::new(value, ResponseHead::new(raw.report))),
            Err(error) => Err(raw.into_error(error.into())),
        }
    }

    fn raw(self, metadata: &'static Metadata, accepts_empty: fn(StatusCode) -> bool) -> Result<RawResponse, Error> {
        let without_response = |cause, sent| {
            let report = ExchangeReport {
                sent,
                attempts: 1,
                elapsed: self.delay,
                attempt_elapsed: Some(self.delay),
                ..Default::default()
            };
            Err(Error::failure(metadata, cause, report))
        };
        match self.reaction {
            Reaction::NotSent => without_response(Cause::Connect(NotSent::new(connection_refused()).into()), false),
            Reaction::Lost => without_response(Cause::Transport(connection_lost().into()), true),
            Reaction::Never => Err(timeout_of(metadata, TimeoutKind::Header)),
            Reaction::Respond(scripted) => respond(scripted, self.delay, metadata, accepts_empty),
        }
    }
}

fn respond(
    scripted: Scripted,
    delay: Duration,
    metadata: &'static Metadata,
    accepts_empty: fn(StatusCode) -> bool,
) -> Result<RawResponse, Error> {
    let status = scripted.status;
    let is_document = matches!(metadata.response(), ResponseFormat::Json | ResponseFormat::Ignored);
    let received = match scripted.received() {
        _ if has_no_body(metadata, status) => Bytes::new(),
        received if is_document => received.slice_ref(received.trim_ascii_start()),
        received => received,
    };
    let stalled = matches!(scripted.end, End::Stalled(_)).then_some(Settings::default().idle_timeout).flatten();
    let elapsed = delay + scripted.interval * scripted.heartbeats + stalled.unwrap_or_default();
    let report = ExchangeReport {
        status: Some(status),
        headers: scripted.headers,
        body: received.clone(),
        heartbeats: if is_document { scripted.heartbeats.into() } else { 0 },
        attempt_elapsed: Some(elapsed),
        elapsed,
        attempts: 1,
        sent: true,
        ..Default::default()
    };
    let end = match scripted.end {
        End::Complete => Ok(()),
        End::Cut(_) => Err(Cause::Truncated {
            received: received.len() as u64,
            expected: None,
            source: Some(connection_lost().into()),
        }),
        End::Stalled(_) => Err(timeout_cause(TimeoutKind::Idle)),
    };
    if metadata.response() == ResponseFormat::Download && status.is_success() {
        let error = end.err().map(|cause| Error::failure(metadata, cause, report.clone()));
        let stream: StreamingBody = Box::pin(DownloadedBody { bytes: Some(received), error });
        return Ok(RawResponse { body: RawBody::Stream(stream), metadata, report });
    }
    let classified = end.and_then(|()| classify(metadata, &ErrorFormat::default(), accepts_empty, status, &received));
    match classified {
        Ok(()) => Ok(RawResponse { body: RawBody::Complete(received), metadata, report }),
        Err(cause) => Err(Error::failure(metadata, cause, report)),
    }
}

/// The body of a download that is in memory.
struct DownloadedBody {
    bytes: Option<Bytes>,
    error: Option<Error>,
}

impl Body for DownloadedBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if let Some(bytes) = self.bytes.take() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        Poll::Ready(self.error.take().map(Err))
    }
}

/// A response with a value: the status 200, no headers, one attempt. [`Answer::result`] makes one with a status and headers.
///
/// ```
/// fn count(response: &stackone::Response<Vec<u8>>) -> usize {
///     response.value.len()
/// }
/// assert_eq!(count(&stackone::test::response(vec![1, 2])), 2);
/// ```
pub fn response<T>(value: T) -> Response<T> {
    let report = ExchangeReport { status: Some(StatusCode::OK), attempts: 1, sent: true, ..Default::default() };
    Response::new(value, ResponseHead::new(report))
}

/// The error of a time limit, with the client's default limit. The request was sent.
///
/// ```
/// # #[stackone::stackone_operation(method = "POST", path = "/users")]
/// # struct CreateUserRequest;
/// use stackone::{TimeoutKind, test::timeout};
///
/// let error = timeout::<CreateUserRequest>(TimeoutKind::Overall);
/// assert!(error.is_timeout() && error.outcome_unknown());
/// ```
#[must_use]
pub fn timeout<O: Operation>(kind: TimeoutKind) -> Error {
    timeout_of(O::metadata(), kind)
}

fn timeout_of(metadata: &'static Metadata, kind: TimeoutKind) -> Error {
    let cause = timeout_cause(kind);
    let elapsed = match &cause {
        Cause::Timeout { limit, .. } => *limit,
        _ => Duration::ZERO,
    };
    let report =
        ExchangeReport { sent: true, attempts: 1, elapsed, attempt_elapsed: Some(elapsed), ..Default::default() };
    Error::failure(metadata, cause, report)
}

fn timeout_cause(kind: TimeoutKind) -> Cause {
    let settings = Settings::default();
    let limit = match kind {
        TimeoutKind::Header => settings.header_timeout,
        TimeoutKind::Idle => settings.idle_timeout,
        TimeoutKind::Overall => settings.timeout,
    };
    Cause::Timeout { kind, limit: limit.unwrap_or_default() }
}

/// The error in a response body, read as the client reads it.
///
/// ```
/// use stackone::{http::StatusCode, test::api_error};
///
/// let error = api_error(StatusCode::NOT_FOUND, r#"{"statusCode": 404, "message": "no such user", "data": {"id": 7}}"#);
/// assert_eq!((error.message(), &error.data().unwrap()["id"]), ("no such user", &7.into()));
/// ```
#[must_use]
pub fn api_error(status: StatusCode, body: impl AsRef<[u8]>) -> ApiError {
    ApiError::from_body(&ErrorFormat::default(), status, body.as_ref())
}
