//! The layer: attempts, and the waits between them.

use super::{Failed, RetryBudget};
use crate::{
    Error,
    client::{Answer, BoxFuture, Outgoing},
};
use std::task::{Context, Poll};
use tokio::time::{Instant, sleep};
use tower::{Layer, Service};

#[derive(Clone)]
pub(crate) struct RetryLayer {
    budget: RetryBudget,
}

impl RetryLayer {
    pub(crate) fn new(budget: RetryBudget) -> Self {
        Self { budget }
    }
}

impl<S> Layer<S> for RetryLayer {
    type Service = RetryService<S>;

    fn layer(&self, inner: S) -> RetryService<S> {
        RetryService { budget: self.budget.clone(), inner }
    }
}

#[derive(Clone)]
pub(crate) struct RetryService<S> {
    budget: RetryBudget,
    inner: S,
}

impl<S> Service<Outgoing> for RetryService<S>
where
    S: Service<Outgoing, Response = Answer, Error = Error> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Answer;
    type Error = Error;
    type Future = BoxFuture<Answer, Error>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        // What is below is always ready; see the transport.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, outgoing: Outgoing) -> Self::Future {
        let Self { budget, mut inner } = self.clone();
        Box::pin(async move {
            let context = outgoing.context.clone();
            let mut retries = 0;
            loop {
                let error = match inner.call(outgoing.clone()).await {
                    Ok(answer) => {
                        budget.succeeded(retries > 0);
                        return Ok(answer);
                    }
                    Err(error) => error,
                };
                if error.outcome_unknown() {
                    context.progress.unsettle();
                }
                let failed = Failed { error: &error, metadata: context.metadata, retries };
                let Some(wait) = context.options.retry.wait(&failed) else { return Err(error) };
                let ends_in_time = match (context.deadline, Instant::now().checked_add(wait)) {
                    (Some(deadline), Some(end)) => end < deadline,
                    (deadline, _) => deadline.is_none(),
                };
                // The last answer says more than a deadline that runs out during a wait.
                if !ends_in_time || !budget.take() {
                    return Err(error);
                }
                sleep(wait).await;
                retries += 1;
            }
        })
    }
}
