//! Operations on users.

use crate::operations::Page;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use stackone::{Prefer, Timestamp, stackone_operation};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct UserFilter {
    pub email: Option<String>,
    pub external_reference: Option<String>,
    pub updated_after: Option<Timestamp>,
}

/// `lms_get_user`
#[stackone_operation(method = "GET", path = "/unified/lms/users/{id}", response = Value)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsGetUserRequest {
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

/// `lms_list_users`
#[stackone_operation(method = "GET", path = "/unified/lms/users", response = Page)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsListUsersRequest {
    #[query(style = "deepObject")]
    pub filter: Option<UserFilter>,
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
