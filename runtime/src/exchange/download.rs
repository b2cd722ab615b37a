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
        expected: body.size_hint().exact(),
        received: 0,
        body: IdleTimeoutBody::new(body, call.settings.idle_timeout),
        idle_timeout: call.settings.idle_timeout,
        metadata: call.metadata,
        report,
        reported: Instant::now(),
        _transport: transport.clone(),
    })
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
        let mut report = self.report.clone();
        report.elapsed += self.reported.elapsed();
        report.attempt_elapsed = report.attempt_elapsed.map(|elapsed| elapsed + self.reported.elapsed());
        let cause = if error.is::<IdleTimeoutError>() {
            Cause::Timeout { kind: TimeoutKind::Idle, limit: self.idle_timeout.unwrap_or_default() }
        } else {
            Cause::Truncated { received: self.received, expected: self.expected, source: Some(error) }
        };
        Error::failure(self.metadata, cause, report)
    }
}

impl Body for Download {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        Poll::Ready(match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
            None => None,
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
