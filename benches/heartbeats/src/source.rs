//! A body that repeats one chunk. It is always ready, and neither copies nor allocates.

use bytes::Bytes;
use http_body::{Body, Frame};
use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

pub(crate) struct Repeated {
    first: Option<Bytes>,
    chunk: Bytes,
    left: usize,
}

impl Repeated {
    pub(crate) fn new(chunk: &Bytes, times: usize) -> Self {
        Self { first: None, chunk: chunk.clone(), left: times }
    }

    /// Puts another chunk in front.
    pub(crate) fn after(self, first: Bytes) -> Self {
        Self { first: Some(first), ..self }
    }
}

impl Body for Repeated {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        let Some(left) = self.left.checked_sub(1) else { return Poll::Ready(None) };
        self.left = left;
        Poll::Ready(Some(Ok(Frame::data(self.chunk.clone()))))
    }
}
