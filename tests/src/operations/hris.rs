//! HRIS operations.

use super::Page;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use stackone::{Prefer, Timestamp, stackone_operation};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EmployeeFilter {
    pub email: Option<String>,
    pub employee_number: Option<String>,
    pub updated_after: Option<Timestamp>,
}

/// `hris_list_employees`
#[stackone_operation(method = "GET", path = "/unified/hris/employees", response = Page)]
#[derive(Debug, Clone, Deserialize)]
pub struct HrisListEmployeesRequest {
    #[query(style = "deepObject")]
    pub filter: Option<EmployeeFilter>,
    #[query(style = "deepObject")]
    pub proxy: Option<Map<String, Value>>,
    #[query]
    pub expand: Option<String>,
    #[query]
    pub fields: Option<String>,
    #[query]
    pub include: Option<String>,
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
