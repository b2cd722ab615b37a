//! Declare a REST operation as a struct; get a type-safe builder and the exact request; send it.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

pub mod format;
pub mod operation;
pub mod prefer;

mod error;

pub use error::{Error, ErrorKind};
pub use operation::Operation;
pub use prefer::Prefer;

/// The declared types of the crates that are part of this one's interface.
pub use {bytes, chrono, http};
