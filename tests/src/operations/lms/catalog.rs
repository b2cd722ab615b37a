//! Operations on categories, courses and skills.

use super::{Active, UpdatedAfter};
use crate::operations::Page;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use stackone::{Prefer, Timestamp, stackone_operation};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CourseFilter {
    pub active: Option<Active>,
    pub external_reference: Option<String>,
    pub updated_after: Option<Timestamp>,
}

/// `lms_get_category`
#[stackone_operation(method = "GET", path = "/unified/lms/categories/{id}", response = Value)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsGetCategoryRequest {
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

/// `lms_get_course`
#[stackone_operation(method = "GET", path = "/unified/lms/courses/{id}", response = Value)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsGetCourseRequest {
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

/// `lms_get_skill`
#[stackone_operation(method = "GET", path = "/unified/lms/skills/{id}", response = Value)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsGetSkillRequest {
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

/// `lms_list_categories`
#[stackone_operation(method = "GET", path = "/unified/lms/categories", response = Page)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsListCategoriesRequest {
    #[query(style = "deepObject")]
    pub proxy: Option<Map<String, Value>>,
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
    #[query]
    pub raw: Option<bool>,
    #[query]
    pub updated_after: Option<Timestamp>,
    #[header]
    pub prefer: Option<Prefer>,
    #[header]
    pub x_account_id: String,
}

/// `lms_list_courses`
#[stackone_operation(method = "GET", path = "/unified/lms/courses", response = Page)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsListCoursesRequest {
    #[query(style = "deepObject")]
    pub filter: Option<CourseFilter>,
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

/// `lms_list_skills`
#[stackone_operation(method = "GET", path = "/unified/lms/skills", response = Page)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsListSkillsRequest {
    #[query(style = "deepObject")]
    pub proxy: Option<Map<String, Value>>,
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
    #[query]
    pub raw: Option<bool>,
    #[query]
    pub updated_after: Option<Timestamp>,
    #[header]
    pub prefer: Option<Prefer>,
    #[header]
    pub x_account_id: String,
}
