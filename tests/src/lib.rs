//! Shared by the tests.

pub mod any;
pub mod compare;
pub mod operations;
