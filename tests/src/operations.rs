//! Declarations of the operations in `tests/wire/wire.json`.
#![expect(missing_docs, reason = "the names are those of the API's description, which says more than they do")]

pub mod accounts;
pub mod documents;
pub mod hris;
pub mod lms;

use serde::Deserialize;
use serde_json::Value;

/// A page of a list.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Page {
    pub next: Option<String>,
    #[serde(default)]
    pub data: Vec<Value>,
}
