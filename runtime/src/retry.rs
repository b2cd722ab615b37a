//! When a failed call is tried again, and after which wait.

mod backoff;
mod budget;
mod policy;
mod retry_after;

pub use backoff::Retry;
pub use budget::RetryBudget;
pub use policy::{FailedAttempt, RetryPolicy};
pub(crate) use retry_after::retry_after;
