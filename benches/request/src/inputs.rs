//! The values of the requests. They are from recorded requests of the API's TypeScript client 4.34.1.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// An assignment of a learning object to a user, with every field of its body.
pub(crate) struct Seed {
    pub(crate) id: String,
    pub(crate) account: String,
    pub(crate) prefer: String,
    pub(crate) assignment: Assignment,
}

/// A page of employees, with six query parameters. The operation also has a header `prefer`, which is not sent.
pub(crate) struct List {
    pub(crate) account: String,
    pub(crate) next: String,
    pub(crate) page_size: u32,
    pub(crate) fields: String,
    pub(crate) expand: String,
    pub(crate) raw: bool,
    pub(crate) updated_after: Instant,
}

/// The body of the POST, as the peers declare it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Assignment {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) assigned_at: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) due_date: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) external_reference: Option<String>,
    pub(crate) learning_object_external_reference: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) learning_object_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) passthrough: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) progress: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<Status>,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct Status {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source_value: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<StatusValue>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StatusValue {
    Completed,
}

/// An instant in the format of chrono's serde. It has milliseconds, so that it is written with three decimals. This is the
/// cheapest way with chrono: its formats with a fixed number of decimals allocate.
pub(crate) type Instant = DateTime<Utc>;

pub(crate) fn assigned_at() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_701_302_400_120).expect("in range")
}

pub(crate) fn due_date() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_749_283_750_011).expect("in range")
}

pub(crate) fn passthrough() -> Map<String, Value> {
    let passthrough = json!({
        "alpha": "one", "count": 7, "flag": true, "list": ["x", "y"], "nested": {"k1": "v1", "deep": {"k2": 2.5}},
    });
    match passthrough {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

pub(crate) fn seed() -> Seed {
    Seed {
        id: "full-id-27".to_owned(),
        account: "full-x-account-id-268".to_owned(),
        prefer: "heartbeat".to_owned(),
        assignment: Assignment {
            assigned_at: Some(assigned_at()),
            due_date: Some(due_date()),
            external_reference: Some("full-external_reference-670".to_owned()),
            learning_object_external_reference: "full-learning_object_external_reference-411".to_owned(),
            learning_object_id: Some("full-learning_object_id-123".to_owned()),
            passthrough: Some(passthrough()),
            progress: Some(42.0),
            status: Some(Status {
                source_value: Some("full-source_value-930".into()),
                value: Some(StatusValue::Completed),
            }),
        },
    }
}

pub(crate) fn list() -> List {
    List {
        account: "full-x-account-id-330".to_owned(),
        next: "full-next-606".to_owned(),
        page_size: 100,
        fields: "id,first_name,last_name,work_email".to_owned(),
        expand: "company,employments".to_owned(),
        raw: true,
        updated_after: assigned_at(),
    }
}
