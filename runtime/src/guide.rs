//! Guides. Each begins with a complete program, and ends with what can go wrong.
//!
//! | guide | answers |
//! | --- | --- |
//! | [`declaring`] | How do I declare an operation? |
//! | [`errors`] | What do I do with each error? Did the write happen? |
//! | [`limits_and_retries`] | How long may a call take? What is sent again? How do I send many calls, and stay below a rate limit? |
//! | [`heartbeats`] | How does a request of several minutes survive? |
//! | [`paging`] | How do I read a long list, and go on after a crash? |
//! | [`files`] | How do I send and receive files, and go on after a lost connection? |
//! | [`accounts`] | How do I use other credentials, many accounts, tokens that expire? |
//! | [`services`] | How do I add layers, traces and metrics? |
//! | [`testing`] | How do I test my program? |
//! | [`other_libraries`] | How do I use another HTTP library, or no async? |
//! | [`other_apis`] | How do I call another API, and generate its operations? |
//! | [`promises`] | What is promised, and which test checks it? |
//! | [`compile_times`] | What does a declaration cost at compile time? |
//!
//! The module `webhooks` is the guide for webhooks. The guides `testing` and `other_libraries` are in documentation that is made with the
//! features `test` and `blocking`.
//!
//! The crate `stackone-api` has two more guides: its catalogue of operations, and the move from the official TypeScript client.
//! The programs of this page are compiled with the tests of the crate. They call a real API, so they are not run; the examples of
//! the repository run against a local server.
//!
//! This module has documentation only. It is not compiled into a program.
//!
//! # Beside its peers
//!
#![doc = include_str!("guide/benchmarks.svg")]
//!
//! `benches/RESULTS.md` in the repository has all figures, and how they were measured.

#[doc = include_str!("guide/declaring.md")]
pub mod declaring {}

#[doc = include_str!("guide/errors.md")]
pub mod errors {}

#[doc = include_str!("guide/limits_and_retries.md")]
pub mod limits_and_retries {}

#[doc = include_str!("guide/heartbeats.md")]
pub mod heartbeats {}

#[doc = include_str!("guide/paging.md")]
pub mod paging {}

#[doc = include_str!("guide/files.md")]
pub mod files {}

#[doc = include_str!("guide/accounts.md")]
pub mod accounts {}

#[doc = include_str!("guide/services.md")]
pub mod services {}

#[cfg(feature = "test")]
#[doc = include_str!("guide/testing.md")]
pub mod testing {}

#[cfg(feature = "blocking")]
#[doc = include_str!("guide/other_libraries.md")]
pub mod other_libraries {}

#[doc = include_str!("guide/other_apis.md")]
pub mod other_apis {}

#[doc = include_str!("guide/promises.md")]
pub mod promises {}

#[doc = include_str!("guide/compile_times.md")]
pub mod compile_times {}
