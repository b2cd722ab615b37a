//! Declare a REST operation as a struct; get a type-safe builder and the exact request; send it.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

pub mod format;
pub mod operation;
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
pub use client::{ApiKey, Call, Client, ClientBuilder, Response, Sending};
#[cfg(feature = "client")]
pub use decode::{Decode, DownloadBody};
#[cfg(feature = "client")]
#[doc(hidden)]
pub use decode::{Received, Undecodable};
#[cfg(feature = "client")]
pub use error::{ApiError, ProviderError};
pub use error::{Error, ErrorKind, Timer};
pub use operation::{Operation, Paginated};
pub use patch::Patch;
pub use prefer::Prefer;
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
