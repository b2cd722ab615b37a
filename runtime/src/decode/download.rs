//! The value of a download.

use crate::{Error, chunks::poll_chunk, raw_response::StreamingBody};
use bytes::Bytes;
use futures_core::{FusedStream, Stream};
use http_body::{Body, Frame, SizeHint};
use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
};

/// The bytes of a download, as they arrive: [`try_next`](Self::try_next), [`Stream`], or [`Body`]. They are neither kept
/// in memory nor changed. Dropping it closes the connection.
///
/// The setting `idle_timeout` applies to it. The overall `timeout` ends with the headers of the response, because the time
/// of a download depends on its size. A download that ends early is an error of the kind
/// [`Truncated`](crate::ErrorKind::Truncated).
pub struct DownloadBody {
    /// `None` after the end, so that the connection is returned to the pool.
    body: Option<StreamingBody>,
}

impl DownloadBody {
    pub(super) fn new(body: Option<StreamingBody>) -> Self {
        Self { body }
    }

    /// The next chunk, or `None` at the end.
    ///
    /// # Errors
    ///
    /// `Truncated` if the connection is lost, and `Timeout(TimeoutKind::Idle)` if no byte arrives for `idle_timeout`.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    /// The number of bytes that are left, if the server declared the length.
    #[must_use]
    pub fn remaining(&self) -> Option<u64> {
        Body::size_hint(self).exact()
    }
}

impl Body for DownloadBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let frame = ready!(body.as_mut().poll_frame(cx));
        if !matches!(frame, Some(Ok(_))) {
            self.body = None;
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(|| SizeHint::with_exact(0), Body::size_hint)
    }
}

impl Stream for DownloadBody {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        poll_chunk(self, cx)
    }
}

impl FusedStream for DownloadBody {
    fn is_terminated(&self) -> bool {
        self.body.is_none()
    }
}

impl fmt::Debug for DownloadBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DownloadBody").field("remaining", &self.remaining()).finish_non_exhaustive()
    }
}
