//! A body without heartbeats: a wrapper around the state machine.

use super::Stripper;
use crate::{chunks::FRAMES_PER_POLL, error::BoxError};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;
use std::{
    fmt,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::time::Instant;

/// What is known when heartbeats arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Beat {
    /// The number of heartbeats so far, with this one.
    pub count: u64,
    /// The time since the attempt started.
    pub elapsed: Duration,
}

/// A callback for heartbeats.
pub(crate) type OnHeartbeat = Arc<dyn Fn(Beat) + Send + Sync>;

pin_project! {
    /// A body without the heartbeats before its document.
    ///
    /// Its errors are those of the inner body, and an error if there are more heartbeats than the limit.
    pub struct HeartbeatBody<B> {
        #[pin]
        inner: B,
        stripper: Stripper,
        limit: u64,
        since: Instant,
        callback: Option<OnHeartbeat>,
        finished: bool,
    }
}

impl<B> HeartbeatBody<B> {
    /// Wraps a body. Time counts from now. There is no limit of heartbeats.
    #[must_use]
    pub fn new(inner: B) -> Self {
        Self::since(inner, Instant::now())
    }

    /// Wraps a body. Time counts from `since`.
    pub(crate) fn since(inner: B, since: Instant) -> Self {
        Self { inner, stripper: Stripper::new(), limit: u64::MAX, since, callback: None, finished: false }
    }

    /// The largest number of heartbeats. More are an error. Default: no limit.
    #[must_use]
    pub fn limit(mut self, heartbeats: u64) -> Self {
        self.limit = heartbeats;
        self
    }

    /// A callback for each chunk of the body that contains heartbeats.
    #[must_use]
    pub fn on_beat(self, callback: impl Fn(Beat) + Send + Sync + 'static) -> Self {
        self.with_callback(Arc::new(callback))
    }

    pub(crate) fn with_callback(mut self, callback: OnHeartbeat) -> Self {
        self.callback = Some(callback);
        self
    }

    /// The number of heartbeats so far.
    #[must_use]
    pub fn beats(&self) -> u64 {
        self.stripper.beats()
    }
}

impl<B> Body for HeartbeatBody<B>
where
    B: Body<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let mut this = self.project();
        if *this.finished {
            // The inner body has ended. Not every body can be polled after its end.
            return Poll::Ready(None);
        }
        if this.stripper.in_document() {
            return this.inner.poll_frame(cx).map_err(Into::into);
        }
        for _ in 0..FRAMES_PER_POLL {
            let frame = match ready!(this.inner.as_mut().poll_frame(cx)) {
                Some(Ok(frame)) => frame,
                Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                None => return Poll::Ready(end(this.stripper, this.finished)),
            };
            let data = match frame.into_data() {
                Ok(data) => data,
                Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
            };
            let before = this.stripper.beats();
            let rest = this.stripper.push(data);
            let count = this.stripper.beats();
            if count > before
                && let Some(callback) = this.callback
            {
                callback(Beat { count, elapsed: this.since.elapsed() });
            }
            if count > *this.limit {
                return Poll::Ready(Some(Err(TooManyHeartbeats.into())));
            }
            if !rest.is_empty() {
                return Poll::Ready(Some(Ok(Frame::data(rest))));
            }
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream() && (self.finished || self.stripper.holds_nothing())
    }

    fn size_hint(&self) -> SizeHint {
        let inner = self.inner.size_hint();
        if self.stripper.in_document() {
            return inner;
        }
        let mut hint = SizeHint::new();
        if let Some(upper) = inner.upper() {
            // A stripper can hold two bytes back.
            hint.set_upper(upper.saturating_add(2));
        }
        hint
    }
}

fn end(stripper: &mut Stripper, finished: &mut bool) -> Option<Result<Frame<Bytes>, BoxError>> {
    if std::mem::replace(finished, true) {
        return None;
    }
    let held = stripper.finish();
    if held.is_empty() { None } else { Some(Ok(Frame::data(held))) }
}

impl<B> fmt::Debug for HeartbeatBody<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HeartbeatBody").field("beats", &self.beats()).finish_non_exhaustive()
    }
}

/// There were more heartbeats than the limit.
#[derive(Debug)]
pub(crate) struct TooManyHeartbeats;

impl fmt::Display for TooManyHeartbeats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("too many heartbeats")
    }
}

impl std::error::Error for TooManyHeartbeats {}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::{BodyExt, Full, StreamBody};
    use std::{convert::Infallible, sync::Mutex};

    fn chunks(pieces: &[&'static str]) -> impl Body<Data = Bytes, Error = Infallible> + use<> {
        let frames: Vec<_> = pieces.iter().map(|piece| Frame::data(Bytes::from_static(piece.as_bytes()))).collect();
        let mut frames = frames.into_iter();
        StreamBody::new(Frames(std::iter::from_fn(move || frames.next())))
    }

    struct Frames<I>(I);

    impl<I: Iterator<Item = Frame<Bytes>> + Unpin> futures_core::Stream for Frames<I> {
        type Item = Result<Frame<Bytes>, Infallible>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(self.0.next().map(Ok))
        }
    }

    #[tokio::test]
    async fn heartbeats_are_removed_and_reported() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let mut body = HeartbeatBody::new(chunks(&["\n", "\n\n", "\r\n{\"a\":", "\n1}\n"]))
            .on_beat(move |beat| log.lock().unwrap().push(beat.count));
        let collected = Pin::new(&mut body).collect().await.unwrap().to_bytes();
        assert_eq!(collected, "{\"a\":\n1}\n");
        assert_eq!(body.beats(), 4);
        assert_eq!(*seen.lock().unwrap(), [1, 3, 4]);
        assert!(body.is_end_stream() || body.frame().await.is_none());
    }

    #[tokio::test]
    async fn endless_heartbeats_end_at_the_limit() {
        let beats = std::iter::repeat_with(|| Frame::data(Bytes::from_static(b"\n\n\n\n")));
        let body = HeartbeatBody::new(StreamBody::new(Frames(beats))).limit(1000);
        let error = body.collect().await.unwrap_err();
        assert!(error.is::<TooManyHeartbeats>());
    }

    #[tokio::test]
    async fn held_bytes_are_returned_at_the_end() {
        let mut body = HeartbeatBody::new(Full::new(Bytes::from_static(b"\n\xEF\xBB")));
        assert!(!body.is_end_stream());
        assert_eq!(body.frame().await.unwrap().unwrap().into_data().unwrap(), &b"\xEF\xBB"[..]);
        assert!(body.is_end_stream());
        assert!(body.frame().await.is_none());
    }

    #[tokio::test]
    async fn a_body_is_not_polled_after_its_end() {
        let mut ended = false;
        let frames = std::iter::from_fn(move || {
            assert!(!std::mem::replace(&mut ended, true), "polled after its end");
            None
        });
        let front = [Frame::data(Bytes::from_static(b"\n\xEF"))].into_iter();
        let mut body = HeartbeatBody::new(StreamBody::new(Frames(front.chain(frames))));
        assert_eq!(body.frame().await.unwrap().unwrap().into_data().unwrap(), &b"\xEF"[..]);
        assert!(body.frame().await.is_none());
        assert!(body.frame().await.is_none());
    }

    #[tokio::test]
    async fn trailers_are_passed_on() {
        let trailers = || Frame::trailers(http::HeaderMap::new());
        let frames = vec![Frame::data(Bytes::from_static(b"\n{}")), trailers()];
        let mut body = HeartbeatBody::new(StreamBody::new(Frames(frames.into_iter())));
        assert_eq!(body.frame().await.unwrap().unwrap().into_data().unwrap(), "{}");
        assert!(body.frame().await.unwrap().unwrap().is_trailers());
        assert!(body.frame().await.is_none());
        let only = HeartbeatBody::new(StreamBody::new(Frames([trailers()].into_iter()))).collect().await.unwrap();
        assert!(only.trailers().is_some());
    }

    #[tokio::test]
    async fn size_hints_allow_for_heartbeats() {
        let mut body = HeartbeatBody::new(Full::new(Bytes::from_static(b"\n\n{}")));
        assert_eq!((body.size_hint().lower(), body.size_hint().upper()), (0, Some(6)));
        let _ = body.frame().await;
        assert_eq!(body.size_hint().exact(), Some(0));
        assert!(body.is_end_stream());
        assert!(HeartbeatBody::new(Full::new(Bytes::new())).is_end_stream());
    }
}
