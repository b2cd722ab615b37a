//! Taking in a body, up to a limit, and keeping what came if it breaks off.

use super::deadline::in_time;
use crate::{error::BoxError, heartbeat::FRAMES_PER_POLL};
use bytes::Bytes;
use http_body::Body;
use std::{
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
};
use tokio::time::Instant;

pub(super) struct Collected {
    pub(super) bytes: Bytes,
    pub(super) end: End,
}

pub(super) enum End {
    Complete,
    /// There was more than the limit; `bytes` is as long as the limit.
    TooLarge,
    Broken(BoxError),
}

/// Collects a body without copying if it comes in one piece.
pub(super) async fn collect<B>(body: &mut B, limit: u64) -> Collected
where
    B: Body<Data = Bytes, Error = BoxError> + Unpin,
{
    let mut bytes = Gathered::Nothing;
    let end = poll_fn(|cx| poll_collect(body, limit, &mut bytes, cx)).await;
    Collected { bytes: bytes.into(), end }
}

/// Gives what there is at the deadline, if the end did not come before.
pub(super) async fn collect_until<B>(body: &mut B, limit: u64, deadline: Option<Instant>) -> Bytes
where
    B: Body<Data = Bytes, Error = BoxError> + Unpin,
{
    let mut bytes = Gathered::Nothing;
    poll_fn(|cx| in_time(poll_collect(body, limit, &mut bytes, cx), deadline)).await;
    bytes.into()
}

/// What comes is added to `bytes`.
fn poll_collect<B>(body: &mut B, limit: u64, bytes: &mut Gathered, cx: &mut Context<'_>) -> Poll<End>
where
    B: Body<Data = Bytes, Error = BoxError> + Unpin,
{
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    for _ in 0..FRAMES_PER_POLL {
        let frame = match ready!(Pin::new(&mut *body).poll_frame(cx)) {
            None => return Poll::Ready(End::Complete),
            Some(Err(error)) => return Poll::Ready(End::Broken(error)),
            Some(Ok(frame)) => frame,
        };
        let Ok(mut data) = frame.into_data() else { continue };
        let room = limit - bytes.len();
        let fits = data.len() <= room;
        data.truncate(room);
        let rest = body.size_hint();
        let expected = rest.lower().min(room as u64);
        bytes.push(data, usize::try_from(expected).unwrap_or_default());
        if !fits {
            return Poll::Ready(End::TooLarge);
        }
        // Most answers come in one piece whose length is known; asking for the end takes as long as asking for the piece.
        // Without a length the end is asked for: a body that is wrong about it would be cut without a word.
        if rest.exact() == Some(0) && body.is_end_stream() {
            return Poll::Ready(End::Complete);
        }
    }
    cx.waker().wake_by_ref();
    Poll::Pending
}

enum Gathered {
    Nothing,
    One(Bytes),
    Many(Vec<u8>),
}

impl Gathered {
    fn len(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::One(bytes) => bytes.len(),
            Self::Many(bytes) => bytes.len(),
        }
    }

    /// `expected` is how much is known to follow. It is what the peer claims, so it is not believed without end.
    fn push(&mut self, data: Bytes, expected: usize) {
        const BELIEVED: usize = 1 << 20;
        match self {
            Self::Nothing => *self = Self::One(data),
            Self::One(first) => {
                let mut all = Vec::with_capacity(first.len() + data.len() + expected.min(BELIEVED));
                all.extend_from_slice(first);
                all.extend_from_slice(&data);
                *self = Self::Many(all);
            }
            Self::Many(all) => all.extend_from_slice(&data),
        }
    }
}

impl From<Gathered> for Bytes {
    fn from(gathered: Gathered) -> Self {
        match gathered {
            Gathered::Nothing => Self::new(),
            Gathered::One(bytes) => bytes,
            Gathered::Many(bytes) => bytes.into(),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::client::service::ResponseBody;
    use http_body::Frame;
    use std::time::Duration;
    use tokio::time::{Sleep, sleep};

    /// A body that waits so many seconds before each piece; `None` is an error.
    pub(in crate::client::receive) fn script(pieces: Vec<(u64, Option<&'static str>)>) -> ResponseBody {
        Box::pin(Script { pieces: pieces.into_iter(), next: None })
    }

    struct Script {
        pieces: std::vec::IntoIter<(u64, Option<&'static str>)>,
        next: Option<(Pin<Box<Sleep>>, Option<&'static str>)>,
    }

    impl Body for Script {
        type Data = Bytes;
        type Error = BoxError;

        fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
            let this = &mut *self;
            if this.next.is_none() {
                let Some((wait, piece)) = this.pieces.next() else { return Poll::Ready(None) };
                this.next = Some((Box::pin(sleep(Duration::from_secs(wait))), piece));
            }
            let Some((timer, piece)) = &mut this.next else { return Poll::Pending };
            ready!(timer.as_mut().poll(cx));
            let piece = *piece;
            this.next = None;
            Poll::Ready(Some(match piece {
                Some(piece) => Ok(Frame::data(Bytes::from_static(piece.as_bytes()))),
                None => Err("reset".into()),
            }))
        }
    }

    async fn run(pieces: &[Option<&'static str>], limit: u64) -> (Bytes, End) {
        let mut body = script(pieces.iter().map(|piece| (0, *piece)).collect());
        let Collected { bytes, end } = collect(&mut body, limit).await;
        (bytes, end)
    }

    #[tokio::test(start_paused = true)]
    async fn pieces_are_joined() {
        let (bytes, end) = run(&[Some("ab"), Some(""), Some("c")], 3).await;
        assert_eq!(bytes, "abc");
        assert!(matches!(end, End::Complete));
        assert!(run(&[], 0).await.0.is_empty());
    }

    /// Says before its end that this has come.
    struct Hasty(ResponseBody);

    impl Body for Hasty {
        type Data = Bytes;
        type Error = BoxError;

        fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
            self.0.as_mut().poll_frame(cx)
        }

        fn is_end_stream(&self) -> bool {
            true
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_without_a_length_is_asked_for_its_end() {
        let mut body = Hasty(script(vec![(0, Some("ab")), (0, Some("cd"))]));
        assert_eq!(collect(&mut body, 9).await.bytes, "abcd");
    }

    #[tokio::test(start_paused = true)]
    async fn the_limit_is_kept() {
        let (bytes, end) = run(&[Some("ab"), Some("cd")], 3).await;
        assert_eq!(bytes, "abc");
        assert!(matches!(end, End::TooLarge));
    }

    #[tokio::test(start_paused = true)]
    async fn what_came_before_a_break_is_kept() {
        let (bytes, end) = run(&[Some("ab"), None, Some("cd")], 9).await;
        assert_eq!(bytes, "ab");
        assert!(matches!(end, End::Broken(_)));
    }
}
