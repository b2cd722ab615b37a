//! Reads a body to its end without a runtime.

use bytes::Bytes;
use http_body::Body;
use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

/// Passes every chunk to `take`. The bodies here are always ready. They return `Pending` only to yield, so they are polled again
/// at once.
pub(crate) fn pull<B>(body: B, mut take: impl FnMut(Bytes))
where
    B: Body<Data = Bytes>,
{
    let mut body = pin!(body);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        match body.as_mut().poll_frame(&mut context) {
            Poll::Ready(Some(Ok(frame))) => {
                if let Ok(data) = frame.into_data() {
                    take(data);
                }
            }
            Poll::Ready(Some(Err(_)) | None) => return,
            Poll::Pending => {}
        }
    }
}
