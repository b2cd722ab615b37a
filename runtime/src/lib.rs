//! Declare a REST operation as a struct; get a type-safe builder and the exact HTTP request; send it.
//!
//! Made for `StackOne`'s Unified API, where a request can take minutes and a write must happen once, and not tied to it:
//! any REST API can be declared this way.
//!
//! # The way of a request
//!
//! 1. **Declared**: [`#[stackone_operation]`](stackone_operation) on a struct reads `#[path]`, `#[header]`, `#[query]` and
//!    `#[body]` on its fields. What is wrong with it does not compile. [`lms`] has an operation that is ready.
//! 2. **Built**: the generated builder lets go of the struct once every required field is set;
//!    [`to_http_request`](Operation::to_http_request) makes an [`http::Request`] of it for any HTTP library, or an
//!    [`Error`] that names the field.
//! 3. **Sent**: [`Client::send`] adds the key and the base URL, waits and retries as its settings say, drops heartbeats,
//!    and gives back a [`Response`] or an [`Error`] that tells what happened, and whether a write may have.
//!
//! ```
//! use stackone::{Prefer, lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest}};
//!
//! let operation = LmsCreateUserAssignmentRequest::builder()
//!     .id("usr_1")
//!     .x_account_id("acc_1")
//!     .prefer(Prefer::heartbeat())
//!     .assignment(LmsCreateAssignmentRequestDto::new("course-42"))
//!     .build();
//! let request = operation.into_http_request()?;
//! assert_eq!(request.uri(), "/unified/lms/users/usr_1/assignments");
//! # Ok::<(), stackone::Error>(())
//! ```
//!
//! # Features
//!
//! - `client` (default): [`Client`] over any `tower::Service` of HTTP.
//! - `transport` (default): the default transport, over hyper and rustls.
//! - `gzip` (default): reads answers that are compressed, although none is asked for. Without it they are an error that says so.
//!
//! With `default-features = false` there is the declaration side alone: no async runtime, no TLS, no transport.
//!
//! # Panics and secrets
//!
//! Nothing in this crate panics. The API key, `Authorization`, headers declared `sensitive` and request bodies are in no
//! error, `Debug` or log.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

pub mod format;
pub mod operation;
pub mod page;
pub mod prefer;

#[cfg(feature = "client")]
pub mod heartbeat;
#[cfg(feature = "client")]
pub mod retry;
#[cfg(feature = "client")]
pub mod transport;

pub mod lms;

mod builder;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod decode;
mod error;
mod open_enum;
mod patch;
mod request;
mod timestamp;

#[cfg(feature = "client")]
pub use client::{ApiKey, Call, Client, ClientBuilder, Items, Pages, Response, ResponseFuture};
#[cfg(feature = "client")]
pub use decode::{Decode, DownloadBody};
#[cfg(feature = "client")]
#[doc(hidden)]
pub use decode::{Received, Undecodable};
#[cfg(feature = "client")]
pub use error::{ApiError, ProviderError};
pub use error::{Error, ErrorKind, TimeoutKind};
pub use operation::Operation;
pub use page::Paginated;
pub use patch::Patch;
pub use prefer::Prefer;
#[doc = include_str!("attribute.md")]
pub use stackone_macros::stackone_operation;
pub use timestamp::Timestamp;

/// The crates whose types are part of this one's interface.
pub use {bytes, chrono, http};

/// What generated code names. Not part of the interface: it changes without notice.
#[doc(hidden)]
pub mod __private;

/// The README's example, compiled.
#[cfg(all(doctest, feature = "client"))]
#[doc = include_str!("../../README.md")]
struct Readme;
