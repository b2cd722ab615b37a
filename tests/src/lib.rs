//! Code that the tests share.

pub mod any;
pub mod compare;
pub mod operations;

/// The examples of the README as doc tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
