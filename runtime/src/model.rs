//! Types of an API, described by a table.
//!
//! `stackone-codegen` writes a plain struct for each object of an API, and beside it one table of wire names and fields:
//!
//! ```
//! #[derive(Clone, Default)]
//! #[non_exhaustive]
//! pub struct User {
//!     pub id: Option<String>,
//!     pub hired_at: Option<stackone::Timestamp>,
//!     pub unexpected: stackone::model::Unexpected,
//! }
//!
//! stackone::model! { User { id: "id", hired_at: "hiredAt" } }
//!
//! let user: User = serde_json::from_str(r#"{"id": "1", "hiredAt": "yesterday", "new": {}}"#)?;
//! assert_eq!(user.id.as_deref(), Some("1"));
//! assert_eq!(user.hired_at, None);
//! assert_eq!(user.unexpected.get("/hiredAt").and_then(|value| value.as_str()), Some("yesterday"));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # How a document is read
//!
//! - A field that the type does not know is skipped, unless the struct has a map of further fields: see [`model!`](macro@crate::model).
//! - A scalar of another kind (a date that is no date, a number as text, null in a list) does not fail the document. It is
//!   kept in the field `unexpected` of the struct, which is [`Unexpected`].
//! - Another shape (text where an object is expected) is an error.
//!
//! # Why a table
//!
//! The code that reads and writes stands once in this crate. It gets the fields of a struct as a list of trait
//! objects, so that each type adds almost nothing to compile: see table 6 of `benches/RESULTS.md`.

mod comma_list;
mod node;
mod one_of;
mod read;
mod scalar;
mod slot;
mod tables;
mod unexpected;
mod value;
mod write;

pub use comma_list::CommaList;
pub use unexpected::Unexpected;
pub(crate) use unexpected::escape;

/// Any JSON value: `serde_json::Value`.
pub type Json = serde_json::Value;
/// A JSON object with any fields: a map of `serde_json`.
pub type JsonObject = serde_json::Map<String, Json>;

#[doc(hidden)]
pub use {
    node::{debug, same},
    one_of::{Case, Kind, choose, read_case},
    read::read,
    slot::Start,
    value::{Failed, Fields, Items, Model, Node, Objects, Scalar, Shape, Slot, Slots, Value, slots},
    write::write,
};

#[cfg(test)]
mod tests;
