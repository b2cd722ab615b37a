//! The layer: attempts, and the waits between them.

use super::{FailedAttempt, kept::Kept};
use crate::{
    Error, ErrorKind, TimeoutKind,
    client::{Answer, Context, Outgoing},
};
use pin_project_lite::pin_project;
use std::{
    pin::Pin,
    sync::Arc,
    task::{self, Poll, ready},
    time::Duration,
};
use tokio::time::{Instant, Sleep, sleep};
use tower_layer::Layer;
use tower_service::Service;

#[derive(Clone, Copy)]
pub(crate) struct RetryLayer;

impl<S> Layer<S> for RetryLayer {
    type Service = RetryService<S>;

    fn layer(&self, inner: S) -> RetryService<S> {
        RetryService(inner)
    }
}

#[derive(Clone)]
pub(crate) struct RetryService<S>(S);

impl<S> Service<Outgoing> for RetryService<S>
where
    S: Service<Outgoing, Response = Answer, Error = Error> + Clone,
{
    type Response = Answer;
    type Error = Error;
    type Future = Attempts<S>;

    fn poll_ready(&mut self, _: &mut task::Context<'_>) -> Poll<Result<(), Error>> {
        // What is below is always ready; see the end of the stack.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, outgoing: Outgoing) -> Self::Future {
        let mut inner = self.0.clone();
        let (kept, context) = (Kept::of(&outgoing.request), Arc::clone(&outgoing.context));
        // The request itself is sent, as it has room for the headers that a transport adds.
        let future = inner.call(outgoing);
        Attempts { kept, context, inner, retries: 0, state: State::Attempt { future } }
    }
}

pin_project! {
    /// The attempts of a call. Written out, as an `async` block has no name and would take a box of its own.
    pub(crate) struct Attempts<S: Service<Outgoing>> {
        kept: Kept,
        context: Arc<Context>,
        inner: S,
        retries: u32,
        #[pin]
        state: State<S::Future>,
    }
}

pin_project! {
    #[project = StateProjection]
    enum State<F> {
        Attempt { #[pin] future: F },
        Waiting { timer: Pin<Box<Sleep>> },
    }
}

impl<S> Future for Attempts<S>
where
    S: Service<Outgoing, Response = Answer, Error = Error>,
{
    type Output = Result<Answer, Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        loop {
            let next = match this.state.as_mut().project() {
                StateProjection::Attempt { future } => match ready!(future.poll(cx)) {
                    Ok(answer) => {
                        this.context.options().budget.succeeded(*this.retries > 0);
                        return Poll::Ready(Ok(answer));
                    }
                    Err(error) => match wait(&error, this.context, *this.retries) {
                        Some(wait) => State::Waiting { timer: Box::pin(sleep(wait)) },
                        None => return Poll::Ready(Err(error)),
                    },
                },
                StateProjection::Waiting { timer } => {
                    ready!(timer.as_mut().poll(cx));
                    *this.retries += 1;
                    let request = Box::new(this.kept.request());
                    let outgoing = Outgoing { request, context: Arc::clone(this.context) };
                    State::Attempt { future: this.inner.call(outgoing) }
                }
            };
            this.state.set(next);
        }
    }
}

/// How long to wait before the next attempt, if there is to be one.
fn wait(error: &Error, context: &Context, retries: u32) -> Option<Duration> {
    // The call is over, or the request has no address and nothing was tried.
    if error.kind() == ErrorKind::Timeout(TimeoutKind::Overall) || context.progress.attempts() == 0 {
        return None;
    }
    if error.outcome_unknown() {
        context.progress.unsettle();
    }
    let wait = context.options().retry.wait(&FailedAttempt { error, metadata: context.metadata, retries })?;
    let ends_in_time = match (context.deadline, Instant::now().checked_add(wait)) {
        (Some(deadline), Some(end)) => end < deadline,
        (deadline, _) => deadline.is_none(),
    };
    // The last answer says more than a deadline that runs out during a wait.
    (ends_in_time && context.options().budget.take()).then_some(wait)
}
