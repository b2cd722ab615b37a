//! A download: bytes handed on as they come.

use crate::{
    Error, TimeoutKind,
    client::{Answer, Context, Payload, ResponseBody, Silent},
    error::{BoxError, Cause, Exchange},
    heartbeat::FRAMES_PER_POLL,
};
use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use http_body::{Body, Frame, SizeHint};
use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{self, Poll, ready},
};
use tokio::time::Instant;

/// The bytes of a download, as a stream: [`chunk`](Self::chunk), [`Stream`], or [`Body`]. They are never held in memory
/// and never altered. Dropping it closes the connection.
///
/// `idle_timeout` holds for it, and the overall `timeout` ends with the head of the answer: how long a download may
/// take depends on its size. A download that breaks off is an error of [`ErrorKind::Truncated`].
///
/// [`ErrorKind::Truncated`]: crate::ErrorKind::Truncated
pub struct DownloadBody {
    /// Until the end: with the call's context goes what it holds of the client and its connections.
    source: Option<Source>,
    status: StatusCode,
    headers: HeaderMap,
    since: Instant,
}

struct Source {
    body: ResponseBody,
    context: Arc<Context>,
}

impl DownloadBody {
    pub(super) fn new(answer: &mut Answer) -> Self {
        let payload = std::mem::replace(&mut answer.payload, Payload::Whole(Bytes::new()));
        let source = match payload {
            Payload::Stream(body) => Some(Source { body, context: Arc::clone(&answer.context) }),
            Payload::Whole(_) => None,
        };
        Self { source, status: answer.parts.status, headers: answer.parts.headers.clone(), since: answer.since }
    }

    /// The next piece, or `None` at the end.
    ///
    /// # Errors
    ///
    /// Of kind `Truncated` if the connection is lost, and `Timeout(TimeoutKind::Idle)` if nothing comes for `idle_timeout`.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    /// How many bytes are left, if the server said how many there are.
    #[must_use]
    pub fn remaining(&self) -> Option<u64> {
        Body::size_hint(self).exact()
    }

    fn error(&self, context: &Context, error: BoxError) -> Error {
        let exchange = Exchange {
            status: Some(self.status),
            headers: self.headers.clone(),
            elapsed: self.since.elapsed(),
            sent: true,
            ..Exchange::default()
        };
        if error.is::<Silent>() {
            return context.timed_out(TimeoutKind::Idle, exchange);
        }
        context.error(Cause::Truncated(Some(error)), exchange)
    }
}

impl Body for DownloadBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let Some(source) = &mut self.source else { return Poll::Ready(None) };
        match ready!(source.body.as_mut().poll_frame(cx)) {
            Some(Ok(frame)) => Poll::Ready(Some(Ok(frame))),
            Some(Err(error)) => Poll::Ready(self.source.take().map(|source| Err(self.error(&source.context, error)))),
            None => {
                self.source = None;
                Poll::Ready(None)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.source.as_ref().is_none_or(|source| source.body.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        self.source.as_ref().map_or_else(|| SizeHint::with_exact(0), |source| source.body.size_hint())
    }
}

impl Stream for DownloadBody {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Option<Self::Item>> {
        for _ in 0..FRAMES_PER_POLL {
            match ready!(self.as_mut().poll_frame(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) if !data.is_empty() => return Poll::Ready(Some(Ok(data))),
                    _ => {}
                },
            }
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl fmt::Debug for DownloadBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DownloadBody").field("remaining", &self.remaining()).finish_non_exhaustive()
    }
}
