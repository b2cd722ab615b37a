//! The idle timeout, directly above the transport's body: heartbeats count as activity here, although a layer above
//! removes them.

use crate::{
    TimeoutKind,
    error::BoxError,
    exchange::wait::{Timer, after},
};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::time::Instant;

/// A body that fails if no frame arrives for too long. Only time in which the reader waits counts.
pub(in crate::exchange) struct IdleTimeoutBody<B> {
    body: B,
    limit: Option<Duration>,
    timer: Timer,
    is_waiting: bool,
}

impl<B> IdleTimeoutBody<B> {
    pub(in crate::exchange) fn new(body: B, limit: Option<Duration>) -> Self {
        Self { body, limit, timer: Timer::new(None), is_waiting: false }
    }
}

impl<B> Body for IdleTimeoutBody<B>
where
    B: Body<Data = Bytes, Error = BoxError> + Unpin,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(cx) {
            this.is_waiting = false;
            return Poll::Ready(frame);
        }
        if !this.is_waiting {
            this.timer.reset(after(Instant::now(), this.limit, TimeoutKind::Idle));
            this.is_waiting = true;
        }
        ready!(this.timer.poll_exceeded(cx));
        Poll::Ready(Some(Err(IdleTimeoutError.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// No frame arrived within the idle timeout.
#[derive(Debug)]
pub(in crate::exchange) struct IdleTimeoutError;

impl fmt::Display for IdleTimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the idle timeout was exceeded")
    }
}

impl std::error::Error for IdleTimeoutError {}

#[cfg(test)]
mod tests {
    use super::{super::collect::tests::script, *};
    use http_body_util::BodyExt;
    use tokio::time::sleep;

    const LIMIT: Option<Duration> = Some(Duration::from_secs(10));

    #[tokio::test(start_paused = true)]
    async fn every_frame_restarts_the_timeout() {
        let body = IdleTimeoutBody::new(script(vec![(9, Some("\n")); 100]), LIMIT);
        assert_eq!(body.collect().await.unwrap().to_bytes().len(), 100);
    }

    #[tokio::test(start_paused = true)]
    async fn silence_is_an_error_at_the_limit() {
        let start = Instant::now();
        let body = IdleTimeoutBody::new(script(vec![(9, Some("\n")), (11, Some("\n"))]), LIMIT);
        assert!(body.collect().await.unwrap_err().is::<IdleTimeoutError>());
        assert_eq!(start.elapsed().as_secs(), 19);
    }

    #[tokio::test(start_paused = true)]
    async fn time_between_two_reads_does_not_count() {
        let mut body = IdleTimeoutBody::new(script(vec![(1, Some("a")), (1, Some("b"))]), LIMIT);
        body.frame().await.unwrap().unwrap();
        sleep(Duration::from_secs(60)).await;
        assert!(body.frame().await.unwrap().is_ok());
    }
}
