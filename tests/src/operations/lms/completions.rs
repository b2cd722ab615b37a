//! Operations on completions.

use super::{CreateResult, DeleteResult, Sourced, UpdatedAfter};
use crate::operations::Page;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use stackone::{Prefer, Timestamp, stackone_operation};

stackone::open_enum!(
    pub enum CompletionResult {
        Pass = "Pass",
        Fail = "Fail",
    }
);

/// The body of `lms_create_user_completion`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CreateCompletion {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_external_reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_id: Option<String>,
    pub learning_object_external_reference: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learning_object_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passthrough: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Sourced<CompletionResult>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_spent: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Score {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percentage: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw_value: Option<String>,
}

/// `lms_create_user_completion`
#[stackone_operation(method = "POST", path = "/unified/lms/users/{id}/completions", response = CreateResult)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsCreateUserCompletionRequest {
    #[path]
    pub id: String,
    #[header]
    pub prefer: Option<Prefer>,
    #[header]
    pub x_account_id: String,
    #[body]
    pub body: CreateCompletion,
}

/// `lms_delete_user_completion`
#[stackone_operation(method = "DELETE", path = "/unified/lms/users/{id}/completions/{subResourceId}", response = DeleteResult)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsDeleteUserCompletionRequest {
    #[path]
    pub id: String,
    #[path("subResourceId")]
    pub sub_resource_id: String,
    #[header]
    pub prefer: Option<Prefer>,
    #[header]
    pub x_account_id: String,
}

/// `lms_get_completion`
#[stackone_operation(method = "GET", path = "/unified/lms/completions/{id}", response = Value)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsGetCompletionRequest {
    #[path]
    pub id: String,
    #[query]
    pub fields: Option<String>,
    #[query(style = "deepObject")]
    pub proxy: Option<Map<String, Value>>,
    #[query]
    pub raw: Option<bool>,
    #[header]
    pub prefer: Option<Prefer>,
    #[header]
    pub x_account_id: String,
}

/// `lms_get_user_completion`
#[stackone_operation(method = "GET", path = "/unified/lms/users/{id}/completions/{subResourceId}", response = Value)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsGetUserCompletionRequest {
    #[path]
    pub id: String,
    #[path("subResourceId")]
    pub sub_resource_id: String,
    #[query(style = "deepObject")]
    pub proxy: Option<Map<String, Value>>,
    #[query]
    pub fields: Option<String>,
    #[query]
    pub raw: Option<bool>,
    #[header]
    pub prefer: Option<Prefer>,
    #[header]
    pub x_account_id: String,
}

/// `lms_list_completions`
#[stackone_operation(method = "GET", path = "/unified/lms/completions", response = Page)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsListCompletionsRequest {
    #[query(style = "deepObject")]
    pub filter: Option<UpdatedAfter>,
    #[query(style = "deepObject")]
    pub proxy: Option<Map<String, Value>>,
    #[query]
    pub fields: Option<String>,
    #[query(cursor)]
    pub next: Option<String>,
    #[query]
    pub page: Option<String>,
    #[query]
    pub page_size: Option<String>,
    #[query]
    pub raw: Option<bool>,
    #[query]
    pub updated_after: Option<Timestamp>,
    #[header]
    pub prefer: Option<Prefer>,
    #[header]
    pub x_account_id: String,
}

/// `lms_list_user_completions`
#[stackone_operation(method = "GET", path = "/unified/lms/users/{id}/completions", response = Page)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsListUserCompletionsRequest {
    #[path]
    pub id: String,
    #[query]
    pub fields: Option<String>,
    #[query(style = "deepObject")]
    pub filter: Option<UpdatedAfter>,
    #[query(cursor)]
    pub next: Option<String>,
    #[query]
    pub page: Option<String>,
    #[query]
    pub page_size: Option<String>,
    #[query(style = "deepObject")]
    pub proxy: Option<Map<String, Value>>,
    #[query]
    pub raw: Option<bool>,
    #[query]
    pub updated_after: Option<Timestamp>,
    #[header]
    pub prefer: Option<Prefer>,
    #[header]
    pub x_account_id: String,
}
