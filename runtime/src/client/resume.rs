//! Downloads that go on after a lost connection (RFC 9110, section 14).
//!
//! A download is resumed only if the server declared its length and a strong entity tag. The length proves that no layer has
//! decoded the body, so that the bytes that the caller has are the bytes that the server counts. The tag proves that the rest
//! belongs to the same file.

use super::{
    Client,
    raw_call::{self, RawResult},
};
use crate::{
    Error, ErrorKind, TimeoutKind,
    chunks::FRAMES_PER_POLL,
    error::{Cause, ExchangeReport},
    operation::Metadata,
    raw_response::{RawBody, RawResponse, StreamingBody},
    retry::FailedAttempt,
};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Method, Request, StatusCode,
    header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, ETAG, IF_RANGE, RANGE},
};
use http_body::{Body, Frame, SizeHint};
use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};
use tokio::time::{Instant, sleep};

/// Sends the request of a download. Its body resumes.
pub(super) async fn send(
    client: Client,
    request: Result<Request<Bytes>, Error>,
    rejected: Option<String>,
    metadata: &'static Metadata,
    accepts_empty: fn(StatusCode) -> bool,
) -> RawResult {
    let resumption =
        request.as_ref().ok().and_then(|request| Resumption::new(&client, request, metadata, accepts_empty));
    let (mut response, observer) = raw_call::send(client, request, rejected, metadata, accepts_empty).await?;
    if let Some(resumption) = resumption {
        response = resumption.attach(response);
    }
    Ok((response, observer))
}

/// What a later request for the rest needs.
struct Resumption {
    client: Client,
    request: Request<Bytes>,
    metadata: &'static Metadata,
    accepts_empty: fn(StatusCode) -> bool,
}

impl Resumption {
    /// `None` if the caller asks for a range, which this module must not replace.
    fn new(
        client: &Client,
        request: &Request<Bytes>,
        metadata: &'static Metadata,
        accepts_empty: fn(StatusCode) -> bool,
    ) -> Option<Self> {
        let settings = &client.settings;
        let has_range = request.headers().contains_key(RANGE)
            || settings.default_headers.contains_key(RANGE)
            || settings.headers.iter().any(|(name, _)| name == RANGE || name == IF_RANGE);
        let resumable = request.method() == Method::GET && !has_range;
        resumable.then(|| Self { client: client.clone(), request: request.clone(), metadata, accepts_empty })
    }

    fn attach(self, response: RawResponse) -> RawResponse {
        let RawResponse { body, metadata, report } = response;
        let body = match (body, File::of(&report)) {
            (RawBody::Stream(stream), Some(file)) => RawBody::Stream(Box::pin(ResumingBody {
                state: State::Reading(stream),
                received: 0,
                skip: 0,
                retries: 0,
                file,
                resumption: self,
                report: report.clone(),
                reported: Instant::now(),
            })),
            (body, _) => body,
        };
        RawResponse { body, metadata, report }
    }

    /// Requests the bytes from `start` on.
    fn request(&self, file: &File, start: u64) -> Option<Request<Bytes>> {
        let mut request = self.request.clone();
        let range = HeaderValue::try_from(format!("bytes={start}-")).ok()?;
        request.headers_mut().insert(RANGE, range);
        request.headers_mut().insert(IF_RANGE, file.etag.clone());
        Some(request)
    }
}

/// The file that the first response began.
struct File {
    length: u64,
    /// A strong entity tag.
    etag: HeaderValue,
}

impl File {
    fn of(report: &ExchangeReport) -> Option<Self> {
        let headers = &report.headers;
        if report.status != Some(StatusCode::OK) || headers.get(ACCEPT_RANGES).is_some_and(|value| value == "none") {
            return None;
        }
        let etag = headers.get(ETAG).filter(|etag| etag.as_bytes().starts_with(b"\""))?.clone();
        Some(Self { length: content_length(headers)?, etag })
    }

    /// The number of bytes at the start of the response that the caller already has, or the reason why the response does not
    /// continue the file.
    fn bytes_to_skip(&self, response: &RawResponse, received: u64) -> Result<u64, &'static str> {
        let headers = response.headers();
        let etag = headers.get(ETAG);
        match response.status() {
            StatusCode::PARTIAL_CONTENT if etag.is_none_or(|etag| *etag == self.etag) => {
                let (start, length) = content_range(headers).ok_or("the `content-range` is missing or malformed")?;
                if length.is_some_and(|length| length != self.length) {
                    return Err("the length of the file has changed");
                }
                received.checked_sub(start).ok_or("the server sent a later range")
            }
            StatusCode::OK if etag == Some(&self.etag) => match content_length(headers) {
                Some(length) if length != self.length => Err("the length of the file has changed"),
                _ => Ok(received),
            },
            StatusCode::OK | StatusCode::PARTIAL_CONTENT => Err("the file has changed"),
            _ => Err("the server sent another status than 200 or 206"),
        }
    }
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The first byte and the length of the file, as in `bytes 5-99/100`. The length may be unknown (`*`).
fn content_range(headers: &HeaderMap) -> Option<(u64, Option<u64>)> {
    let (unit, range) = headers.get(CONTENT_RANGE)?.to_str().ok()?.trim().split_once(' ')?;
    let (range, length) = range.split_once('/')?;
    let (start, _) = range.split_once('-')?;
    let length = if length == "*" { None } else { Some(length.parse().ok()?) };
    unit.eq_ignore_ascii_case("bytes").then_some((start.trim().parse().ok()?, length))
}

/// The body of a download that is requested again, from the first missing byte, when its connection is lost.
struct ResumingBody {
    state: State,
    /// The number of bytes that the caller has.
    received: u64,
    /// The number of bytes at the start of the current response that the caller has.
    skip: u64,
    /// The number of retries since the last byte.
    retries: u32,
    file: File,
    resumption: Resumption,
    report: ExchangeReport,
    /// When the report was made.
    reported: Instant,
}

enum State {
    Reading(StreamingBody),
    /// A request for the rest, and the error that it shall repair.
    Resuming(Pin<Box<dyn Future<Output = RawResult> + Send>>, Error),
    Ended,
}

impl ResumingBody {
    fn truncated(&self, reason: String) -> Error {
        let mut report = self.report.clone();
        report.elapsed += self.reported.elapsed();
        let source = (!reason.is_empty()).then(|| reason.into());
        let cause = Cause::Truncated { received: self.received, expected: Some(self.file.length), source };
        Error::failure(self.resumption.metadata, cause, report)
    }

    /// Starts the request for the rest, or returns the error.
    fn recover(&mut self, error: Error) -> Result<(), Error> {
        self.state = State::Ended;
        let lost = matches!(error.kind(), ErrorKind::Truncated | ErrorKind::Timeout(TimeoutKind::Idle));
        let settings = &self.resumption.client.settings;
        let failed =
            FailedAttempt { error: &error, metadata: self.resumption.metadata, retries: self.retries, remaining: None };
        let wait = if lost { settings.retry.wait(&failed) } else { None };
        let request = self.resumption.request(&self.file, self.received);
        let (Some(wait), Some(request)) = (wait, request) else { return Err(error) };
        if !settings.retry_budget.take() {
            return Err(error);
        }
        self.retries += 1;
        let Resumption { client, metadata, accepts_empty, .. } = &self.resumption;
        let (client, metadata, accepts_empty) = (client.clone(), *metadata, *accepts_empty);
        let response = async move {
            sleep(wait).await;
            raw_call::send(client, Ok(request), None, metadata, accepts_empty).await
        };
        self.state = State::Resuming(Box::pin(response), error);
        Ok(())
    }

    /// Continues with the body of a response.
    fn resume(&mut self, result: RawResult, lost: &Error) -> Result<(), Error> {
        let not_resumed = |reason: &str| format!("{lost}; it cannot be resumed: {reason}");
        let (mut response, observer) = result.map_err(|error| self.truncated(not_resumed(&error.to_string())))?;
        observer.succeeded(&response.report);
        self.skip =
            self.file.bytes_to_skip(&response, self.received).map_err(|reason| self.truncated(not_resumed(reason)))?;
        if let Some(stream) = response.take_stream() {
            self.state = State::Reading(stream);
        }
        Ok(())
    }

    /// The part of a frame that the caller does not have. `None` if there is none.
    fn take_new(&mut self, frame: Frame<Bytes>) -> Result<Option<Frame<Bytes>>, Error> {
        let mut data = match frame.into_data() {
            Ok(data) => data,
            Err(trailers) => return Ok(Some(trailers)),
        };
        let known = usize::try_from(self.skip).map_or(data.len(), |skip| skip.min(data.len()));
        self.skip -= known as u64;
        drop(data.split_to(known));
        if data.is_empty() {
            return Ok(None);
        }
        self.received += data.len() as u64;
        self.retries = 0;
        if self.received > self.file.length {
            return Err(self.truncated("the response has more bytes than it declared".to_owned()));
        }
        Ok(Some(Frame::data(data)))
    }
}

impl Body for ResumingBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let this = &mut *self;
        for _ in 0..FRAMES_PER_POLL {
            let step = match &mut this.state {
                State::Ended => return Poll::Ready(None),
                State::Resuming(response, _) => {
                    let result = ready!(response.as_mut().poll(cx));
                    let State::Resuming(_, lost) = std::mem::replace(&mut this.state, State::Ended) else { continue };
                    this.resume(result, &lost)
                }
                State::Reading(body) => match ready!(body.as_mut().poll_frame(cx)) {
                    None if this.received == this.file.length => {
                        this.state = State::Ended;
                        Ok(())
                    }
                    // A server may send a shorter range than it was asked for.
                    None => this.recover(this.truncated(String::new())),
                    Some(Err(error)) => this.recover(error),
                    Some(Ok(frame)) => match this.take_new(frame) {
                        Ok(Some(frame)) => return Poll::Ready(Some(Ok(frame))),
                        Ok(None) => Ok(()),
                        Err(error) => Err(error),
                    },
                },
            };
            if let Err(error) = step {
                this.state = State::Ended;
                return Poll::Ready(Some(Err(error)));
            }
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    fn is_end_stream(&self) -> bool {
        match &self.state {
            State::Reading(body) => self.received == self.file.length && body.is_end_stream(),
            State::Resuming(..) => false,
            State::Ended => true,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self.state {
            State::Ended => SizeHint::with_exact(0),
            _ => SizeHint::with_exact(self.file.length.saturating_sub(self.received)),
        }
    }
}
