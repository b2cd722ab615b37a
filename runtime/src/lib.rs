//! Declare a REST operation as a struct; get a type-safe builder and the exact request; send it.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

pub mod format;
pub mod operation;
pub mod page;
pub mod prefer;

#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod decode;
mod error;
#[cfg(feature = "client")]
pub mod heartbeat;
#[cfg(feature = "client")]
pub mod retry;
#[cfg(feature = "client")]
pub mod transport;

#[cfg(feature = "client")]
pub use client::{ApiKey, Call, Client, ClientBuilder, Items, Pages, Response, Sending};
#[cfg(feature = "client")]
pub use decode::{Decode, DownloadBody};
#[cfg(feature = "client")]
#[doc(hidden)]
pub use decode::{Received, Undecodable};
#[cfg(feature = "client")]
pub use error::{ApiError, ProviderError};
pub use error::{Error, ErrorKind, Timer};
pub use operation::Operation;
pub use prefer::Prefer;

/// The declared types of the crates that are part of this one's interface.
pub use {bytes, chrono, http};
