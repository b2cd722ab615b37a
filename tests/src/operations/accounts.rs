//! Operations on linked accounts.

use serde::Deserialize;
use serde_json::Value;
use stackone::stackone_operation;

/// `stackone_list_linked_accounts`
#[stackone_operation(method = "GET", path = "/accounts", response = Value)]
#[derive(Debug, Clone, Deserialize)]
pub struct StackoneListLinkedAccountsRequest {
    #[query]
    pub account_ids: Option<Vec<String>>,
    #[query]
    pub origin_owner_id: Option<String>,
    #[query]
    pub origin_owner_ids: Option<Vec<String>>,
    #[query]
    pub page: Option<f64>,
    #[query]
    pub page_size: Option<f64>,
    #[query]
    pub provider: Option<String>,
    #[query]
    pub providers: Option<Vec<String>>,
    #[query]
    pub status: Option<Vec<String>>,
}
