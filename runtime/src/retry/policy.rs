//! The policy: what a failure is worth.

use super::after::retry_after;
use crate::{Error, operation::Metadata};
use std::{
    fmt,
    hash::{BuildHasher, RandomState},
    sync::Arc,
    time::{Duration, SystemTime},
};

/// Decides whether a call that failed is tried again.
///
/// [`Retry`] is the one a client has if it is given no other. A closure is a policy too:
///
/// ```
/// use std::time::Duration;
/// use stackone::{Client, retry::FailedAttempt};
///
/// let patient = |failed: &FailedAttempt<'_>| (failed.retries() < 10 && failed.error().is_connect()).then_some(Duration::from_secs(1));
/// let client = Client::builder().retry(patient);
/// ```
///
/// The client keeps a wait that would not end before the deadline from being begun, and asks its [`RetryBudget`], so a
/// policy need not. It does not keep a policy from sending a write twice: go by [`Error::is_retryable`].
///
/// [`RetryBudget`]: super::RetryBudget
pub trait RetryPolicy: Send + Sync {
    /// How long to wait before the next attempt, or `None` to give the error to the caller.
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
    pub(super) error: &'a Error,
    pub(super) metadata: &'static Metadata,
    pub(super) retries: u32,
}

impl FailedAttempt<'_> {
    /// Why it failed.
    #[must_use]
    pub fn error(&self) -> &Error {
        self.error
    }

    /// The operation.
    #[must_use]
    pub fn metadata(&self) -> &'static Metadata {
        self.metadata
    }

    /// How many retries there were already.
    #[must_use]
    pub fn retries(&self) -> u32 {
        self.retries
    }
}

/// The default policy: what [`Error::is_retryable`] allows, 3 times, after the server's `Retry-After` or else after
/// 1, 2 and 4 seconds times a random factor in [0.5, 1), and never after more than 30 seconds.
#[derive(Clone)]
pub struct Retry {
    max_retries: u32,
    base: Duration,
    max_wait: Duration,
    jitter: Arc<dyn Fn() -> f64 + Send + Sync>,
    clock: Arc<dyn Fn() -> SystemTime + Send + Sync>,
}

impl Retry {
    /// No retries at all.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_retries(0)
    }

    /// How many retries there are at most; 3 if not set. The first attempt is none.
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// The wait before the first retry, which doubles with each one; 1 second if not set.
    #[must_use]
    pub fn base_wait(mut self, wait: Duration) -> Self {
        self.base = wait;
        self
    }

    /// The longest wait, `Retry-After` included; 30 seconds if not set.
    #[must_use]
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = wait;
        self
    }

    /// Where random numbers in [0, 1) come from; they are mapped to factors in [0.5, 1).
    #[must_use]
    pub fn random(mut self, random: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.jitter = Arc::new(random);
        self
    }

    /// What time it is, for a `Retry-After` that is a date.
    #[must_use]
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    fn backoff(&self, retries: u32) -> Duration {
        let full = self.base.saturating_mul(2u32.saturating_pow(retries)).min(self.max_wait);
        // Neither waits at the end of what a `Duration` holds nor random numbers that are none may panic.
        let factor = (self.jitter)().clamp(0.0, 1.0) / 2.0 + 0.5;
        Duration::try_from_secs_f64(full.as_secs_f64() * factor).unwrap_or(full)
    }

    fn asked_for(&self, error: &Error) -> Option<Duration> {
        let value = error.headers()?.get(http::header::RETRY_AFTER)?.to_str().ok()?;
        retry_after(value.trim(), (self.clock)())
    }
}

impl RetryPolicy for Retry {
    fn wait(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
        if failed.retries >= self.max_retries || !failed.error.is_retryable() {
            return None;
        }
        let wait = self.asked_for(failed.error).unwrap_or_else(|| self.backoff(failed.retries));
        Some(wait.min(self.max_wait))
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            max_retries: 3,
            base: Duration::from_secs(1),
            max_wait: Duration::from_secs(30),
            jitter: Arc::new(random),
            clock: Arc::new(SystemTime::now),
        }
    }
}

impl fmt::Debug for Retry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retry")
            .field("max_retries", &self.max_retries)
            .field("base_wait", &self.base)
            .field("max_wait", &self.max_wait)
            .finish_non_exhaustive()
    }
}

/// A number in [0, 1) that need not be a secret: the standard library's hash keys differ from one to the next.
fn random() -> f64 {
    let bits = RandomState::new().hash_one(()) >> 32;
    f64::from(u32::try_from(bits).unwrap_or_default()) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backoff_doubles_and_is_halved_at_most() {
        let lowest = Retry::default().random(|| 0.0);
        assert_eq!([0, 1, 2].map(|retry| lowest.backoff(retry).as_millis()), [500, 1000, 2000]);
        let highest = Retry::default().random(|| 1.0);
        assert_eq!([0, 1, 2, 3].map(|retry| highest.backoff(retry).as_secs()), [1, 2, 4, 8]);
        assert_eq!(highest.backoff(u32::MAX).as_secs(), 30);
    }

    #[test]
    fn no_setting_makes_backoff_panic() {
        let longest = Retry::default().base_wait(Duration::MAX).max_wait(Duration::MAX);
        for random in [0.0, 1.0, -1.0, 7.0, f64::NAN, f64::INFINITY] {
            let wait = longest.clone().random(move || random).backoff(u32::MAX);
            assert!(wait >= Duration::MAX / 2, "{random}: {wait:?}");
        }
    }

    #[test]
    fn random_numbers_differ_and_stay_in_range() {
        let numbers: Vec<f64> = (0..1000).map(|_| random()).collect();
        assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)));
        assert!(numbers.iter().any(|number| *number < 0.25) && numbers.iter().any(|number| *number > 0.75));
    }
}
