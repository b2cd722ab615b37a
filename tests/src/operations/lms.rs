//! LMS, and the parts its domains share.

pub mod assignments;
pub mod catalog;
pub mod completions;
pub mod content;
pub mod users;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use stackone::Timestamp;

/// A value of the API, and what the provider calls it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Sourced<T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_value: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<T>,
}

/// A boolean, or one in quotes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Active {
    Flag(bool),
    Text(String),
}

/// The filter of lists that know no other.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct UpdatedAfter {
    pub updated_after: Option<Timestamp>,
}

/// What a create or an upsert answers.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateResult {
    pub status_code: Option<f64>,
    pub message: Option<String>,
    pub timestamp: Option<Timestamp>,
    pub data: Option<Value>,
}

/// What a delete answers.
pub type DeleteResult = CreateResult;

/// What a batch answers.
pub type BatchResult = CreateResult;
