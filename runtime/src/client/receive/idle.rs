//! The idle timer, next to the wire: a heartbeat that is dropped further up has still been heard here.

use super::deadline::earlier;
use crate::error::BoxError;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::time::{Instant, Sleep, sleep_until};

/// A body that fails if it is silent for too long. Only time spent waiting for it counts, not that of a slow reader.
pub(crate) struct Idle<B> {
    body: B,
    limit: Option<Duration>,
    deadline: Option<Instant>,
    timer: Option<Pin<Box<Sleep>>>,
    armed: Option<Armed>,
}

/// What the timer is set to, while there is something to wait for.
#[derive(Clone, Copy)]
struct Armed {
    end: Instant,
    limit: Option<Instant>,
}

impl<B> Idle<B> {
    pub(crate) fn new(body: B, limit: Option<Duration>) -> Self {
        Self { body, limit, deadline: None, timer: None, armed: None }
    }

    /// Wakes at the deadline too; [`in_time`](super::deadline::in_time) then says that it is over.
    pub(crate) fn within(self, deadline: Option<Instant>) -> Self {
        Self { deadline, ..self }
    }

    fn arm(&self) -> Option<Armed> {
        let limit = self.limit.and_then(|limit| Instant::now().checked_add(limit));
        earlier(limit, self.deadline).map(|end| Armed { end, limit })
    }
}

impl<B> Body for Idle<B>
where
    B: Body<Data = Bytes, Error = BoxError> + Unpin,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            self.armed = None;
            return Poll::Ready(frame);
        }
        let rearm = self.armed.is_none();
        let Some(armed) = self.armed.or_else(|| self.arm()) else { return Poll::Pending };
        self.armed = Some(armed);
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(armed.end)));
        if rearm {
            timer.as_mut().reset(armed.end);
        }
        ready!(timer.as_mut().poll(cx));
        if armed.limit == Some(armed.end) { Poll::Ready(Some(Err(Silent.into()))) } else { Poll::Pending }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The idle timer ran out.
#[derive(Debug)]
pub(crate) struct Silent;

impl fmt::Display for Silent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing came for too long")
    }
}

impl std::error::Error for Silent {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::receive::collect::tests::script;
    use http_body_util::BodyExt;
    use tokio::time::sleep;

    #[tokio::test(start_paused = true)]
    async fn every_chunk_arms_it_anew() {
        let body = Idle::new(script(vec![(9, Some("\n")); 100]), Some(Duration::from_secs(10)));
        assert_eq!(body.collect().await.unwrap().to_bytes().len(), 100);
    }

    #[tokio::test(start_paused = true)]
    async fn silence_is_an_error_at_the_limit() {
        let start = Instant::now();
        let body = Idle::new(script(vec![(9, Some("\n")), (11, Some("\n"))]), Some(Duration::from_secs(10)));
        assert!(body.collect().await.unwrap_err().is::<Silent>());
        assert_eq!(start.elapsed().as_secs(), 19);
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_reader_is_not_silence() {
        let mut body = Idle::new(script(vec![(1, Some("a")), (1, Some("b"))]), Some(Duration::from_secs(10)));
        body.frame().await.unwrap().unwrap();
        sleep(Duration::from_secs(60)).await;
        assert!(body.frame().await.unwrap().is_ok());
    }
}
