//! The retry policy.

use crate::{Error, operation::Metadata};
use std::time::Duration;

/// Decides whether a failed call is tried again.
///
/// The default policy of a client is [`Retry`](super::Retry). A closure is a policy too:
///
/// ```
/// use std::time::Duration;
/// use stackone::{Client, retry::FailedAttempt};
///
/// let policy = |failed: &FailedAttempt<'_>| {
///     (failed.retries() < 10 && failed.error().is_connect()).then_some(Duration::from_secs(1))
/// };
/// let client = Client::builder().retry(policy);
/// ```
///
/// The client itself ends the call if the wait would end after the deadline, or if its [`RetryBudget`] is empty. It does
/// not keep a policy from sending a write twice: check [`Error::is_retryable`].
///
/// [`RetryBudget`]: super::RetryBudget
pub trait RetryPolicy: Send + Sync {
    /// The wait before the next attempt, or `None` to return the error to the caller.
    fn wait(&self, failed: &FailedAttempt<'_>) -> Option<Duration>;
}

impl<F: Fn(&FailedAttempt<'_>) -> Option<Duration> + Send + Sync> RetryPolicy for F {
    fn wait(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
        self(failed)
    }
}

/// An attempt that failed.
#[derive(Debug)]
pub struct FailedAttempt<'a> {
    pub(crate) error: &'a Error,
    pub(crate) metadata: &'static Metadata,
    pub(crate) retries: u32,
    pub(crate) remaining: Option<Duration>,
}

impl FailedAttempt<'_> {
    /// The error of the attempt.
    #[must_use]
    pub fn error(&self) -> &Error {
        self.error
    }

    /// The metadata of the operation: its id, its method, whether it may be sent twice.
    #[must_use]
    pub fn metadata(&self) -> &'static Metadata {
        self.metadata
    }

    /// The number of retries before this one. 0 after the first attempt.
    #[must_use]
    pub fn retries(&self) -> u32 {
        self.retries
    }

    /// The time until the deadline of the call. `None` if the call has no overall timeout.
    #[must_use]
    pub fn remaining(&self) -> Option<Duration> {
        self.remaining
    }
}
