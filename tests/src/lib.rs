//! What the tests share.

pub mod compare;
pub mod operations;
