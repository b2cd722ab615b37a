//! The body of a download, which the caller reads as it arrives.

use super::{
    body::{IdleTimeoutBody, IdleTimeoutError},
    call_state::CallState,
};
use crate::{
    Error, TimeoutKind,
    error::{BoxError, Cause, ExchangeReport},
    operation::Metadata,
    raw_response::StreamingBody,
    transport::{ResponseBody, Transport},
};
use bytes::Bytes;
use http::{Method, StatusCode, header::CONTENT_LENGTH};
use http_body::{Body, Frame, SizeHint};
use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::time::Instant;

/// The body of a download. Its errors are errors of the call, with `report`, which describes the response so far.
pub(super) fn stream(
    body: ResponseBody,
    transport: &Transport,
    call: &CallState,
    report: ExchangeReport,
) -> StreamingBody {
    Box::pin(Download {
        expected: declared_length(&body, call.metadata, &report),
        received: 0,
        body: IdleTimeoutBody::new(body, call.settings.idle_timeout),
        idle_timeout: call.settings.idle_timeout,
        metadata: call.metadata,
        report,
        reported: Instant::now(),
        _transport: transport.clone(),
    })
}

/// The number of bytes that the body must have. A transport of the caller may not check `Content-Length` itself.
fn declared_length(body: &ResponseBody, metadata: &Metadata, report: &ExchangeReport) -> Option<u64> {
    let has_body = metadata.method() != Method::HEAD && report.status != Some(StatusCode::NO_CONTENT);
    let header = || report.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok();
    body.size_hint().exact().or_else(|| has_body.then(header)?)
}

struct Download {
    body: IdleTimeoutBody<ResponseBody>,
    received: u64,
    /// The length of the body, if the server declared it.
    expected: Option<u64>,
    idle_timeout: Option<Duration>,
    metadata: &'static Metadata,
    report: ExchangeReport,
    /// When the report was made.
    reported: Instant,
    /// A transport may close its connections when its last clone is dropped.
    _transport: Transport,
}

impl Download {
    fn error(&self, error: BoxError) -> Error {
        let cause = if error.is::<IdleTimeoutError>() {
            Cause::Timeout { kind: TimeoutKind::Idle, limit: self.idle_timeout.unwrap_or_default() }
        } else {
            Cause::Truncated { received: self.received, expected: self.expected, source: Some(error) }
        };
        Error::failure(self.metadata, cause, self.current_report())
    }

    /// The error of a body that ends before its declared length.
    fn early_end(&self) -> Option<Error> {
        let cause = Cause::Truncated { received: self.received, expected: self.expected, source: None };
        (self.received < self.expected?).then(|| Error::failure(self.metadata, cause, self.current_report()))
    }

    fn current_report(&self) -> ExchangeReport {
        let mut report = self.report.clone();
        report.elapsed += self.reported.elapsed();
        report.attempt_elapsed += self.reported.elapsed();
        report
    }
}

impl Body for Download {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        Poll::Ready(match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
            None => self.early_end().map(Err),
            Some(Ok(frame)) => {
                self.received += frame.data_ref().map_or(0, |data| data.len() as u64);
                Some(Ok(frame))
            }
            Some(Err(error)) => Some(Err(self.error(error))),
        })
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
