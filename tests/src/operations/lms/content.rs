//! Operations on content.

use super::{Active, BatchResult, CreateResult, Sourced};
use crate::operations::Page;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use stackone::{Prefer, Timestamp, stackone_operation};

// The API has about 400 languages. An open enum names some, and keeps other values unchanged.
stackone::open_enum!(
    pub enum Language {
        EnglishUk = "en_GB",
        EnglishUs = "en_US",
        French = "fr_FR",
    }
);
stackone::open_enum!(
    pub enum Rank {
        Primary = "primary",
        Secondary = "secondary",
        Tertiary = "tertiary",
    }
);
stackone::open_enum!(
    pub enum ContentKind {
        Video = "video",
        Quiz = "quiz",
        Document = "document",
    }
);

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ContentFilter {
    pub active: Option<Active>,
    pub updated_after: Option<Timestamp>,
}

/// The body of `lms_batch_upsert_content`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BatchUpsertContent {
    pub items: Vec<UpsertContent>,
}

/// The body of `lms_upsert_content`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct UpsertContent {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<Active>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_data: Option<Vec<AdditionalData>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authors: Option<Vec<Author>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub categories: Option<Vec<Label>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<Sourced<ContentKind>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cover_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
    pub external_reference: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub languages: Option<Vec<Sourced<Language>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub localizations: Option<Vec<Localization>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile_launch_content_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passthrough: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skills: Option<Vec<Label>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unified_custom_fields: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AdditionalData {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remote_id: Option<String>,
    /// A string or a list of strings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Author {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A category or a skill.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Label {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hierarchy: Option<Sourced<Rank>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Sourced<Language>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Sourced<Rank>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unified_custom_fields: Option<Map<String, Value>>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Localization {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Sourced<Language>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// `lms_batch_upsert_content`
#[stackone_operation(method = "POST", path = "/unified/lms/content/batch", response = BatchResult)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsBatchUpsertContentRequest {
    #[header]
    pub prefer: Option<Prefer>,
    #[header]
    pub x_account_id: String,
    #[body]
    pub body: BatchUpsertContent,
}

/// `lms_get_content`
#[stackone_operation(method = "GET", path = "/unified/lms/content/{id}", response = Value)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsGetContentRequest {
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

/// `lms_list_content`
#[stackone_operation(method = "GET", path = "/unified/lms/content", response = Page)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsListContentRequest {
    #[query(style = "deepObject")]
    pub filter: Option<ContentFilter>,
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

/// `lms_upsert_content`
#[stackone_operation(method = "PUT", path = "/unified/lms/content", response = CreateResult)]
#[derive(Debug, Clone, Deserialize)]
pub struct LmsUpsertContentRequest {
    #[header]
    pub prefer: Option<Prefer>,
    #[header]
    pub x_account_id: String,
    #[body]
    pub body: UpsertContent,
}
