//! Waiting with a time limit.

use crate::TimeoutKind;
use std::{
    future::poll_fn,
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::{Instant, Sleep, sleep_until};

/// The end of a wait: the instant, and the timeout that is exceeded at it.
pub(super) type TimeLimit = Option<(Instant, TimeoutKind)>;

/// The limit that is reached first.
pub(super) fn earlier(limit: TimeLimit, other: TimeLimit) -> TimeLimit {
    limit.into_iter().chain(other).min_by_key(|(end, _)| *end)
}

/// The limit `timeout` after `start`.
pub(super) fn after(start: Instant, timeout: Option<Duration>, kind: TimeoutKind) -> TimeLimit {
    Some((start.checked_add(timeout?)?, kind))
}

/// A timer for one time limit. It registers with tokio's clock only once something has to wait.
pub(super) struct Timer {
    limit: TimeLimit,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Timer {
    pub(super) fn new(limit: TimeLimit) -> Self {
        Self { limit, sleep: None }
    }

    /// Sets another limit.
    pub(super) fn reset(&mut self, limit: TimeLimit) {
        self.limit = limit;
        if let (Some(sleep), Some((end, _))) = (&mut self.sleep, limit) {
            sleep.as_mut().reset(end);
        }
    }

    /// Waits for a future, but not beyond the limit.
    pub(super) async fn wait<F: Future>(&mut self, future: F) -> Result<F::Output, TimeoutKind> {
        let limit = self.limit;
        self.wait_until(future, |_| limit).await
    }

    /// Waits for a future whose limit changes. `limit` is asked when the future has to wait, and wakes the task when an
    /// earlier limit begins to apply.
    pub(super) async fn wait_until<F: Future>(
        &mut self,
        future: F,
        limit: impl Fn(&Context<'_>) -> TimeLimit,
    ) -> Result<F::Output, TimeoutKind> {
        let mut future = pin!(future);
        poll_fn(|cx| {
            if let Poll::Ready(output) = future.as_mut().poll(cx) {
                return Poll::Ready(Ok(output));
            }
            let limit = limit(cx);
            if limit != self.limit {
                self.reset(limit);
            }
            self.poll_exceeded(cx).map(Err)
        })
        .await
    }

    /// Ready once the limit is reached; otherwise the task is woken when it is.
    ///
    /// The clock is read too, because a task that always has work uses up its budget, and tokio's timers are then never
    /// ready.
    pub(super) fn poll_exceeded(&mut self, cx: &mut Context<'_>) -> Poll<TimeoutKind> {
        let Some((end, kind)) = self.limit else { return Poll::Pending };
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep_until(end)));
        if sleep.as_mut().poll(cx).is_ready() || end <= Instant::now() { Poll::Ready(kind) } else { Poll::Pending }
    }
}
