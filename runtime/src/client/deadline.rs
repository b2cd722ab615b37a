//! The overall deadline: outside everything, so that retries and their waits count.

use super::{context::Outgoing, receive::Answer, service::BoxFuture};
use crate::Error;
use std::{sync::Arc, task};
use tower::{Layer, Service};

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
    S::Future: Send + 'static,
{
    type Response = Answer;
    type Error = Error;
    type Future = BoxFuture<Answer, Error>;

    fn poll_ready(&mut self, cx: &mut task::Context<'_>) -> task::Poll<Result<(), Error>> {
        self.0.poll_ready(cx)
    }

    fn call(&mut self, outgoing: Outgoing) -> Self::Future {
        let context = Arc::clone(&outgoing.context);
        let answer = self.0.call(outgoing);
        Box::pin(async move {
            match context.deadline {
                Some(deadline) => match tokio::time::timeout_at(deadline, answer).await {
                    Ok(answer) => answer,
                    Err(_) => Err(context.overdue()),
                },
                None => answer.await,
            }
        })
    }
}
