//! The retry budget: what keeps a failing server from being hammered by everyone's retries.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering::Relaxed},
};

/// A bucket of tokens that all calls of a client share. A retry takes its cost out; when there is not enough left, an
/// error is returned at once. A success gives back the cost of its last retry, or one token if it had none.
///
/// Clones share their tokens, so that several clients can share a budget.
#[derive(Debug, Clone)]
pub struct RetryBudget {
    tokens: Arc<AtomicU32>,
    capacity: u32,
    cost: u32,
}

impl RetryBudget {
    /// A full bucket of `capacity` tokens, of which each retry takes `cost`.
    #[must_use]
    pub fn new(capacity: u32, cost: u32) -> Self {
        Self { tokens: Arc::new(AtomicU32::new(capacity)), capacity, cost }
    }

    /// A budget that never runs out.
    #[must_use]
    pub fn unlimited() -> Self {
        Self::new(0, 0)
    }

    /// How many tokens are left.
    #[must_use]
    pub fn available(&self) -> u32 {
        self.tokens.load(Relaxed)
    }

    /// Takes the cost of a retry; `false` if there is not enough left.
    pub(super) fn take(&self) -> bool {
        self.tokens.fetch_update(Relaxed, Relaxed, |tokens| tokens.checked_sub(self.cost)).is_ok()
    }

    /// A call that succeeded, with or without retries.
    pub(super) fn succeeded(&self, retried: bool) {
        let back = if retried { self.cost } else { 1 };
        let give = |tokens: u32| (tokens < self.capacity).then(|| tokens.saturating_add(back).min(self.capacity));
        // An error means that the bucket is full already.
        let _ = self.tokens.fetch_update(Relaxed, Relaxed, give);
    }
}

/// 500 tokens, 5 for a retry.
impl Default for RetryBudget {
    fn default() -> Self {
        Self::new(500, 5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_out_and_is_filled_by_successes() {
        let budget = RetryBudget::new(10, 5);
        assert!(budget.take() && budget.take() && !budget.take());
        budget.succeeded(true);
        assert_eq!(budget.available(), 5);
        for _ in 0..9 {
            budget.succeeded(false);
        }
        assert_eq!(budget.available(), 10);
    }

    #[test]
    fn unlimited_never_runs_out() {
        let budget = RetryBudget::unlimited();
        assert!((0..10_000).all(|_| budget.take()));
    }
}
