//! When a call is tried again, and after how long.

mod after;
mod budget;
mod kept;
mod layer;
mod policy;

pub use budget::RetryBudget;
pub(crate) use layer::RetryLayer;
pub use policy::{FailedAttempt, Retry, RetryPolicy};
