//! Code that the tests share.

pub mod any;
pub mod compare;
pub mod operations;
