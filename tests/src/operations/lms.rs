//! LMS operations, and the types that they share.

pub mod assignments;
pub mod catalog;
pub mod completions;
pub mod content;
pub mod users;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use stackone::Timestamp;

/// A value of the unified API with the value of the provider.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Sourced<T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_value: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<T>,
}

/// A boolean, or a string with a boolean.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Active {
    Flag(bool),
    Text(String),
}

/// The filter of most lists.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct UpdatedAfter {
    pub updated_after: Option<Timestamp>,
}

/// The result of a create or an upsert.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateResult {
    pub status_code: Option<f64>,
    pub message: Option<String>,
    pub timestamp: Option<Timestamp>,
    pub data: Option<Value>,
}

/// The result of a delete.
pub type DeleteResult = CreateResult;

/// The result of a batch.
pub type BatchResult = CreateResult;
