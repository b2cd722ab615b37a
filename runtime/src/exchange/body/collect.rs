//! Collecting a body up to a limit. What was received is kept if the body fails.

use crate::{
    TimeoutKind,
    chunks::poll_chunk,
    error::BoxError,
    exchange::wait::{TimeLimit, Timer},
    received::Buffer,
};
use bytes::Bytes;
use http_body::Body;
use std::{
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
};

pub(super) struct Collected {
    pub(super) bytes: Bytes,
    pub(super) end: End,
}

pub(super) enum End {
    Complete,
    /// The body is longer than the limit; `bytes` is as long as the limit.
    TooLarge,
    TimedOut(TimeoutKind),
    Failed(BoxError),
}

/// Collects a body. A body of one chunk is not copied.
pub(super) async fn collect<B>(body: &mut B, limit: u64, deadline: TimeLimit) -> Collected
where
    B: Body<Data = Bytes, Error = BoxError> + Unpin,
{
    let mut buffer = Buffer::new(limit);
    let collecting = poll_fn(|cx| poll_collect(body, &mut buffer, cx));
    let end = Timer::new(deadline).wait(collecting).await.unwrap_or_else(End::TimedOut);
    Collected { bytes: buffer.into_bytes(), end }
}

fn poll_collect<B>(body: &mut B, buffer: &mut Buffer, cx: &mut Context<'_>) -> Poll<End>
where
    B: Body<Data = Bytes, Error = BoxError> + Unpin,
{
    loop {
        let chunk = match ready!(poll_chunk(Pin::new(&mut *body), cx)) {
            None => return Poll::Ready(End::Complete),
            Some(Err(error)) => return Poll::Ready(End::Failed(error)),
            Some(Ok(chunk)) => chunk,
        };
        if !buffer.push(chunk) {
            return Poll::Ready(End::TooLarge);
        }
        // Most bodies are one chunk of a known length. Another poll for their end takes as long as the poll for the
        // chunk. Without a known length the end has to be polled: such a body may report its end too early.
        if body.size_hint().exact() == Some(0) && body.is_end_stream() {
            return Poll::Ready(End::Complete);
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::transport::ResponseBody;
    use http_body::Frame;
    use std::time::Duration;
    use tokio::time::{Instant, Sleep, sleep};

    /// A body that waits so many seconds before each chunk. `None` is a lost connection.
    pub(in crate::exchange::body) fn script(chunks: Vec<(u64, Option<&'static str>)>) -> ResponseBody {
        ResponseBody::new(Script { chunks: chunks.into_iter(), next: None })
    }

    struct Script {
        chunks: std::vec::IntoIter<(u64, Option<&'static str>)>,
        next: Option<(Pin<Box<Sleep>>, Option<&'static str>)>,
    }

    impl Body for Script {
        type Data = Bytes;
        type Error = BoxError;

        fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
            let this = &mut *self;
            if this.next.is_none() {
                let Some((wait, chunk)) = this.chunks.next() else { return Poll::Ready(None) };
                this.next = Some((Box::pin(sleep(Duration::from_secs(wait))), chunk));
            }
            let Some((timer, chunk)) = &mut this.next else { return Poll::Pending };
            ready!(timer.as_mut().poll(cx));
            let chunk = *chunk;
            this.next = None;
            Poll::Ready(Some(match chunk {
                Some(chunk) => Ok(Frame::data(Bytes::from_static(chunk.as_bytes()))),
                None => Err("reset".into()),
            }))
        }
    }

    async fn run(chunks: &[Option<&'static str>], limit: u64) -> (Bytes, End) {
        let mut body = script(chunks.iter().map(|chunk| (0, *chunk)).collect());
        let Collected { bytes, end } = collect(&mut body, limit, None).await;
        (bytes, end)
    }

    #[tokio::test(start_paused = true)]
    async fn chunks_are_joined() {
        let (bytes, end) = run(&[Some("ab"), Some(""), Some("c")], 3).await;
        assert_eq!(bytes, "abc");
        assert!(matches!(end, End::Complete));
        assert!(run(&[], 0).await.0.is_empty());
        assert_eq!(run(&[Some("a"), Some("b"), Some("c"), Some("d")], 9).await.0, "abcd");
    }

    /// Reports its end too early.
    struct Hasty(ResponseBody);

    impl Body for Hasty {
        type Data = Bytes;
        type Error = BoxError;

        fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
            Pin::new(&mut self.0).poll_frame(cx)
        }

        fn is_end_stream(&self) -> bool {
            true
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_without_a_length_is_polled_to_its_end() {
        let mut body = Hasty(script(vec![(0, Some("ab")), (0, Some("cd"))]));
        assert_eq!(collect(&mut body, 9, None).await.bytes, "abcd");
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_above_the_limit_is_cut() {
        let (bytes, end) = run(&[Some("ab"), Some("cd")], 3).await;
        assert_eq!(bytes, "abc");
        assert!(matches!(end, End::TooLarge));
    }

    #[tokio::test(start_paused = true)]
    async fn bytes_before_a_lost_connection_are_kept() {
        let (bytes, end) = run(&[Some("ab"), None, Some("cd")], 9).await;
        assert_eq!(bytes, "ab");
        assert!(matches!(end, End::Failed(_)));
    }

    #[tokio::test(start_paused = true)]
    async fn bytes_before_the_deadline_are_kept() {
        let mut body = script(vec![(1, Some("ab")), (9, Some("cd"))]);
        let deadline = Some((Instant::now() + Duration::from_secs(5), TimeoutKind::Overall));
        let Collected { bytes, end } = collect(&mut body, 9, deadline).await;
        assert_eq!(bytes, "ab");
        assert!(matches!(end, End::TimedOut(TimeoutKind::Overall)));
    }
}
