//! The body of a request.

use super::send_state::{SendProgress, SendState};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};
use tokio::time::Instant;

/// The bytes that a connection takes at once. It takes the next ones when the server has read enough of the earlier ones, so
/// that a large body shows whether the server still reads.
const CHUNK: usize = 64 << 10;

/// A complete request body. It reports how much of it a connection took.
pub(crate) struct FullBody {
    rest: Bytes,
    state: SendState,
}

impl From<Bytes> for FullBody {
    fn from(rest: Bytes) -> Self {
        Self { rest, state: SendState::default() }
    }
}

impl FullBody {
    /// Reports from now on. A connection is about to take the request.
    pub(super) fn report_to(&mut self, state: SendState) {
        self.state = state;
        self.report();
    }

    fn report(&self) {
        let now = Instant::now();
        self.state.report(if self.rest.is_empty() { SendProgress::Sent(now) } else { SendProgress::Sending(now) });
    }
}

impl Body for FullBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.rest.len().min(CHUNK);
        let chunk = self.rest.split_to(length);
        self.report();
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}
