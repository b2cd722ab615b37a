//! Reading the chunks of a body.

use bytes::Bytes;
use http_body::Body;
use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

/// The number of frames that one poll reads at most. A body that is always ready must not keep timers and other tasks
/// from being polled.
pub(crate) const FRAMES_PER_POLL: usize = 32;

/// Polls for the next chunk that is not empty. Trailers are skipped.
pub(crate) fn poll_chunk<B: Body<Data = Bytes>>(
    mut body: Pin<&mut B>,
    cx: &mut Context<'_>,
) -> Poll<Option<Result<Bytes, B::Error>>> {
    for _ in 0..FRAMES_PER_POLL {
        match ready!(body.as_mut().poll_frame(cx)) {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            Some(Ok(frame)) => match frame.into_data() {
                Ok(chunk) if !chunk.is_empty() => return Poll::Ready(Some(Ok(chunk))),
                _ => {}
            },
        }
    }
    cx.waker().wake_by_ref();
    Poll::Pending
}
