//! Operations on assignments. `lms_create_user_assignment` is in `stackone::lms`.

use crate::operations::Page;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use stackone::{Prefer, Timestamp, lms::LmsAssignmentStatusValue, stackone_operation};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AssignmentFilter {
    pub status: Option<LmsAssignmentStatusValue>,
    pub updated_after: Option<Timestamp>,
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
