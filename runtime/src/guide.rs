//! Guides. Each begins with a complete program, and ends with what can go wrong.
//!
//! | guide | answers |
//! | --- | --- |
//! | [`declaring`] | How do I declare an operation? |
//! | [`errors`] | What do I do with each error? Did the write happen? |
//! | [`limits_and_retries`] | How long may a call take? What is sent again? How do I stay below a rate limit? |
//! | [`heartbeats`] | How does a request of several minutes survive? |
//! | [`paging`] | How do I read a long list, and go on after a crash? |
//! | [`accounts`] | How do I use other credentials, many accounts, tokens that expire? |
//! | [`services`] | How do I add layers, traces and metrics? |
//! | [`other_apis`] | How do I call another API, and generate its operations? |
//! | [`promises`] | What is promised, and which test checks it? |
//! | [`compile_times`] | What does a declaration cost at compile time? |
//!
//! Four modules and functions are guides themselves: the module `test` (a stand-in for the server, for your tests), the module `blocking`
//! (calls without async), the module `webhooks`, and the function `decode_response` (another HTTP library sends the request).
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

#[doc = include_str!("guide/accounts.md")]
pub mod accounts {}

#[doc = include_str!("guide/services.md")]
pub mod services {}

#[doc = include_str!("guide/other_apis.md")]
pub mod other_apis {}

#[doc = include_str!("guide/promises.md")]
pub mod promises {}

#[doc = include_str!("guide/compile_times.md")]
pub mod compile_times {}
