//! Declare a REST operation as a struct; get a type-safe builder and the exact request; send it.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

pub mod format;
pub mod operation;

mod builder;
mod error;
mod open_enum;
mod patch;
mod request;
mod timestamp;

pub use error::{Error, ErrorKind};
pub use operation::{Operation, Paginated};
pub use patch::Patch;
#[doc = include_str!("attribute.md")]
pub use stackone_macros::stackone_operation;
pub use timestamp::Timestamp;

/// The crates whose types are part of this one's interface.
pub use {bytes, chrono, http};

/// What generated code names. Not part of the interface: it changes without notice.
#[doc(hidden)]
pub mod __private;
