//! The default policy: exponential backoff, or the wait that the server asks for.

use super::{FailedAttempt, RetryPolicy};
use std::{
    hash::{BuildHasher, RandomState},
    time::Duration,
};

/// The default policy. It retries what [`Error::is_retryable`](crate::Error::is_retryable) allows.
///
/// Default: 3 retries, after 1, 2 and 4 seconds times a random factor in [0.5, 1). If the server sends `Retry-After`, the
/// wait is that time plus up to one second (nothing for 0), so that many clients do not return at the same moment. If the server asks for
/// more than 60 seconds, there is no retry: the caller gets the error, and
/// [`Error::retry_after`](crate::Error::retry_after) has the time.
///
/// ```
/// use std::time::Duration;
/// use stackone::{Client, retry::Retry};
///
/// let client = Client::builder().retry(Retry::default().max_retries(5).base_wait(Duration::from_millis(200)));
/// ```
#[derive(Debug, Clone)]
pub struct Retry {
    max_retries: u32,
    base_wait: Duration,
    max_wait: Duration,
    max_retry_after: Duration,
}

/// The longest jitter that is added to `Retry-After`.
const MAX_JITTER: Duration = Duration::from_secs(1);

impl Default for Retry {
    fn default() -> Self {
        Self {
            max_retries: 3,
            base_wait: Duration::from_secs(1),
            max_wait: Duration::from_secs(30),
            // The window of StackOne's rate limit.
            max_retry_after: Duration::from_secs(60),
        }
    }
}

impl Retry {
    /// A policy without retries.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_retries(0)
    }

    /// The maximum number of retries, not counting the first attempt. Default: 3.
    #[must_use]
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// The wait before the first retry, before the random factor. It doubles with each retry. Default: 1 second.
    #[must_use]
    pub fn base_wait(mut self, wait: Duration) -> Self {
        self.base_wait = wait;
        self
    }

    /// The longest wait that the policy chooses itself. Default: 30 seconds.
    #[must_use]
    pub fn max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = wait;
        self
    }

    /// The longest `Retry-After` that the policy waits for. Default: 60 seconds.
    #[must_use]
    pub fn max_retry_after(mut self, wait: Duration) -> Self {
        self.max_retry_after = wait;
        self
    }

    /// The wait that the server asks for, with jitter that ends before the deadline. `None` if it is too long. A server
    /// that asks for no wait gets the retry at once.
    fn server_wait(&self, wait: Duration, remaining: Option<Duration>, random: f64) -> Option<Duration> {
        if wait.is_zero() {
            return Some(wait);
        }
        let jitter = remaining.map_or(MAX_JITTER, |remaining| remaining.saturating_sub(wait).min(MAX_JITTER));
        (wait <= self.max_retry_after).then(|| wait.saturating_add(fraction(jitter, random)))
    }

    fn backoff(&self, retries: u32, random: f64) -> Duration {
        let full = self.base_wait.saturating_mul(2_u32.saturating_pow(retries)).min(self.max_wait);
        fraction(full, random / 2.0 + 0.5)
    }
}

/// A part of a duration. It does not panic at the longest duration.
fn fraction(duration: Duration, factor: f64) -> Duration {
    Duration::try_from_secs_f64(duration.as_secs_f64() * factor).unwrap_or(duration)
}

impl RetryPolicy for Retry {
    fn wait(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
        if failed.retries >= self.max_retries || !failed.error.is_retryable() {
            return None;
        }
        match failed.error.retry_after() {
            Some(wait) => self.server_wait(wait, failed.remaining, random()),
            None => Some(self.backoff(failed.retries, random())),
        }
    }
}

/// A random number in [0, 1). It need not be secret: the standard library gives each `RandomState` other keys.
fn random() -> f64 {
    let bits = RandomState::new().hash_one(()) >> 32;
    f64::from(u32::try_from(bits).unwrap_or_default()) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_is_at_least_half() {
        let retry = Retry::default();
        assert_eq!([0, 1, 2].map(|retries| retry.backoff(retries, 0.0).as_millis()), [500, 1000, 2000]);
        assert_eq!([0, 1, 2, 3].map(|retries| retry.backoff(retries, 1.0).as_secs()), [1, 2, 4, 8]);
        assert_eq!(retry.backoff(u32::MAX, 1.0).as_secs(), 30);
    }

    #[test]
    fn jitter_ends_before_the_deadline() {
        let retry = Retry::default();
        let second = Duration::from_secs(1);
        assert_eq!(retry.server_wait(Duration::ZERO, None, 0.5), Some(Duration::ZERO));
        assert_eq!(retry.server_wait(second * 7, None, 0.0), Some(second * 7));
        assert_eq!(retry.server_wait(second * 60, None, 0.5), Some(second * 60 + second / 2));
        assert_eq!(retry.server_wait(second * 7, Some(second * 7 + second / 2), 0.5), Some(second * 7 + second / 4));
        assert_eq!(retry.server_wait(second * 7, Some(second), 0.5), Some(second * 7));
        assert_eq!(retry.server_wait(second * 61, None, 0.0), None);
    }

    #[test]
    fn the_longest_waits_do_not_panic() {
        let longest = Retry::default().base_wait(Duration::MAX).max_wait(Duration::MAX);
        for random in [0.0, 0.5, 1.0] {
            let wait = longest.backoff(u32::MAX, random);
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
