//! The body of a request on a connection.

use super::send_state::SendState;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

/// The bytes that a connection takes at once. It takes the next ones when the server has read enough of the earlier ones, so
/// that a large body shows whether the server still reads.
const CHUNK: usize = 64 << 10;

/// A request body that reports how much of it a connection took.
pub(super) struct UploadBody {
    rest: Bytes,
    state: SendState,
}

impl UploadBody {
    pub(super) fn new(rest: Bytes, state: SendState) -> Self {
        Self { rest, state }
    }
}

impl Body for UploadBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.rest.len().min(CHUNK);
        let chunk = self.rest.split_to(length);
        self.state.advance(self.rest.is_empty());
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}
