//! The overall deadline of a call, which each of its waits keeps itself.
//!
//! Each has a timer of its own, which goes by [`earlier`] and so wakes the call at the deadline at the latest. That timer
//! alone does not end a wait: it never rings where whatever is waited for always has something to do, as that uses up the
//! task's budget of tokio. So a wait looks at the clock too.

use std::task::Poll;
use tokio::time::Instant;

/// When to wake up from a wait that has a limit of its own.
pub(super) fn earlier(limit: Option<Instant>, deadline: Option<Instant>) -> Option<Instant> {
    limit.into_iter().chain(deadline).min()
}

/// What is ready, or `None` if there is still something to wait for and the deadline is over.
pub(super) fn in_time<T>(work: Poll<T>, deadline: Option<Instant>) -> Poll<Option<T>> {
    match work {
        Poll::Pending if deadline.is_some_and(|deadline| deadline <= Instant::now()) => Poll::Ready(None),
        work => work.map(Some),
    }
}
