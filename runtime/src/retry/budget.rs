//! The retry budget limits retries while a server fails.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering::Relaxed},
};

/// A bucket of tokens that all calls of a client share. Each retry takes its cost. If the bucket has fewer tokens, the call
/// returns its error at once. A successful call returns the cost of one retry if it had retries, and one token if not.
///
/// Default: 500 tokens, and 5 for each retry. Clones share their tokens, so that several clients can share a budget.
#[derive(Debug, Clone)]
pub struct RetryBudget {
    tokens: Arc<AtomicU32>,
    capacity: u32,
    cost: u32,
}

impl RetryBudget {
    /// A full bucket of `capacity` tokens. Each retry takes `cost` tokens.
    #[must_use]
    pub fn new(capacity: u32, cost: u32) -> Self {
        Self { tokens: Arc::new(AtomicU32::new(capacity)), capacity, cost }
    }

    /// A budget that never runs out.
    #[must_use]
    pub fn unlimited() -> Self {
        Self::new(0, 0)
    }

    /// The number of tokens that are left.
    #[must_use]
    pub fn available(&self) -> u32 {
        self.tokens.load(Relaxed)
    }

    /// Takes the cost of a retry. `false` if the bucket has fewer tokens.
    pub(crate) fn take(&self) -> bool {
        self.tokens.fetch_update(Relaxed, Relaxed, |tokens| tokens.checked_sub(self.cost)).is_ok()
    }

    /// Returns tokens after a successful call.
    pub(crate) fn succeeded(&self, retried: bool) {
        let back = if retried { self.cost } else { 1 };
        let give = |tokens: u32| (tokens < self.capacity).then(|| tokens.saturating_add(back).min(self.capacity));
        // An error means that the bucket is full.
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
    fn successes_return_tokens() {
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
    fn an_unlimited_budget_is_never_empty() {
        let budget = RetryBudget::unlimited();
        assert!((0..10_000).all(|_| budget.take()));
    }
}
