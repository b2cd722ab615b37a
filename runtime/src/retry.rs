//! When a failed call is tried again, and after which wait.

mod backoff;
mod budget;
mod policy;

pub use backoff::Retry;
pub use budget::RetryBudget;
pub use policy::{FailedAttempt, RetryPolicy};
