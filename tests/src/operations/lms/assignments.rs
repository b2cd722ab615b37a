//! Operations on assignments.

use crate::operations::{
    Page,
    lms::{CreateResult, Sourced},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use stackone::{Prefer, Timestamp, stackone_operation};

/// The body of `lms_create_user_assignment`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LmsCreateAssignmentRequestDto {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_date: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_reference: Option<String>,
    pub learning_object_external_reference: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learning_object_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passthrough: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Sourced<LmsAssignmentStatusValue>>,
}

stackone::open_enum! {
    /// The status of an assignment.
    pub enum LmsAssignmentStatusValue {
        /// Not begun.
        Pending = "pending",
        /// Begun.
        InProgress = "in_progress",
        /// Done.
        Completed = "completed",
    }
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AssignmentFilter {
    pub status: Option<LmsAssignmentStatusValue>,
    pub updated_after: Option<Timestamp>,
}

/// `lms_create_user_assignment`
#[stackone_operation(method = "POST", path = "/unified/lms/users/{id}/assignments", response = CreateResult)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsCreateUserAssignmentRequest {
    #[path]
    pub id: String,
    #[header]
    pub prefer: Option<Prefer>,
    #[header]
    pub x_account_id: String,
    #[body]
    pub body: LmsCreateAssignmentRequestDto,
}

/// `lms_get_assignment`
#[stackone_operation(method = "GET", path = "/unified/lms/assignments/{id}", response = Value)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsGetAssignmentRequest {
    #[path]
    pub id: String,
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

/// `lms_get_user_assignment`
#[stackone_operation(method = "GET", path = "/unified/lms/users/{id}/assignments/{subResourceId}", response = Value)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsGetUserAssignmentRequest {
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

/// `lms_list_assignments`
#[stackone_operation(method = "GET", path = "/unified/lms/assignments", response = Page)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsListAssignmentsRequest {
    #[query]
    pub fields: Option<String>,
    #[query(style = "deepObject")]
    pub filter: Option<AssignmentFilter>,
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
    pub remote_user_id: Option<String>,
    #[query]
    pub updated_after: Option<Timestamp>,
    #[query]
    pub user_id: Option<String>,
    #[header]
    pub prefer: Option<Prefer>,
    #[header]
    pub x_account_id: String,
}

/// `lms_list_user_assignments`
#[stackone_operation(method = "GET", path = "/unified/lms/users/{id}/assignments", response = Page)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsListUserAssignmentsRequest {
    #[path]
    pub id: String,
    #[query]
    pub fields: Option<String>,
    #[query(style = "deepObject")]
    pub filter: Option<AssignmentFilter>,
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
    pub remote_user_id: Option<String>,
    #[query]
    pub updated_after: Option<Timestamp>,
    #[query]
    pub user_id: Option<String>,
    #[header]
    pub prefer: Option<Prefer>,
    #[header]
    pub x_account_id: String,
}
