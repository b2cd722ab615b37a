//! The overall deadline: outside everything, so that retries and their waits count.

use super::{
    context::{Context, Outgoing},
    receive::Answer,
};
use crate::Error;
use pin_project_lite::pin_project;
use std::{
    pin::Pin,
    sync::Arc,
    task::{self, Poll},
};
use tokio::time::Instant;
use tower_layer::Layer;
use tower_service::Service;

/// What is ready, or `None` if there is still something to wait for and the deadline is over.
pub(super) fn in_time<T>(work: Poll<T>, deadline: Option<Instant>) -> Poll<Option<T>> {
    match work {
        Poll::Pending if deadline.is_some_and(|deadline| deadline <= Instant::now()) => Poll::Ready(None),
        work => work.map(Some),
    }
}

/// When to wake up from a wait that has a limit of its own.
pub(super) fn earlier(limit: Option<Instant>, deadline: Option<Instant>) -> Option<Instant> {
    limit.into_iter().chain(deadline).min()
}

#[derive(Clone, Copy)]
pub(super) struct DeadlineLayer;

#[derive(Clone)]
pub(super) struct Deadline<S>(S);

impl<S> Layer<S> for DeadlineLayer {
    type Service = Deadline<S>;

    fn layer(&self, inner: S) -> Deadline<S> {
        Deadline(inner)
    }
}

impl<S> Service<Outgoing> for Deadline<S>
where
    S: Service<Outgoing, Response = Answer, Error = Error>,
{
    type Response = Answer;
    type Error = Error;
    type Future = InTime<S::Future>;

    fn poll_ready(&mut self, cx: &mut task::Context<'_>) -> Poll<Result<(), Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, outgoing: Outgoing) -> Self::Future {
        let context = Arc::clone(&outgoing.context);
        InTime { answer: self.0.call(outgoing), context }
    }
}

pin_project! {
    /// An answer, or the error of the deadline.
    ///
    /// It looks at the clock whenever the call has to wait, and has no timer: each wait further down has one, which goes
    /// by [`earlier`] and so wakes the call at the deadline at the latest. A second timer took 900 instructions of each
    /// call.
    pub(super) struct InTime<F> {
        #[pin]
        answer: F,
        context: Arc<Context>,
    }
}

impl<F: Future<Output = Result<Answer, Error>>> Future for InTime<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        in_time(this.answer.poll(cx), this.context.deadline)
            .map(|answer| answer.unwrap_or_else(|| Err(this.context.overdue())))
    }
}
