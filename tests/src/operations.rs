//! Declarations of the operations in `tests/wire/wire.json`. Their fields are deserialized from the cases there.
#![expect(missing_docs, reason = "the API description documents these names")]

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
