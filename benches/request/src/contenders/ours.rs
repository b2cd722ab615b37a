//! `stackone`.

use crate::inputs::{self, assigned_at, due_date, passthrough};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::Request;
use serde::Serialize;
use serde_json::{Map, Value};
use stackone::{Prefer, Timestamp, open_enum, stackone_operation};

pub(crate) struct Seed {
    id: String,
    account: String,
    prefer: Prefer,
    assignment: Assignment,
}

pub(crate) struct List {
    inputs: inputs::List,
    updated_after: DateTime<Utc>,
}

#[stackone_operation(method = "POST", path = "/unified/lms/users/{id}/assignments", response = Value)]
pub(crate) struct LmsCreateUserAssignmentRequest {
    #[path]
    id: String,
    #[header("x-account-id")]
    account: String,
    #[header]
    prefer: Option<Prefer>,
    #[body]
    assignment: Assignment,
}

/// The body, with serde's derive as the peers have it.
#[derive(Serialize)]
struct Assignment {
    #[serde(skip_serializing_if = "Option::is_none")]
    assigned_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_date: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_reference: Option<String>,
    learning_object_external_reference: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    learning_object_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passthrough: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
}

#[derive(Serialize)]
struct Status {
    #[serde(skip_serializing_if = "Option::is_none")]
    source_value: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<StatusValue>,
}

open_enum! {
    /// The status of an assignment.
    enum StatusValue {
        /// Done.
        Completed = "completed",
    }
}

#[stackone_operation(method = "GET", path = "/unified/hris/employees", response = Value)]
pub(crate) struct HrisListEmployeesRequest {
    #[header("x-account-id")]
    account: String,
    #[header]
    prefer: Option<Prefer>,
    #[query(cursor)]
    next: Option<String>,
    #[query]
    page_size: Option<u32>,
    #[query]
    fields: Option<String>,
    #[query]
    expand: Option<String>,
    #[query]
    raw: Option<bool>,
    #[query]
    updated_after: Option<Timestamp>,
}

pub(crate) fn seed_inputs() -> Seed {
    let inputs = inputs::seed();
    let body = inputs.assignment;
    let assignment = Assignment {
        assigned_at: Some(assigned_at().into()),
        due_date: Some(due_date().into()),
        external_reference: body.external_reference,
        learning_object_external_reference: body.learning_object_external_reference,
        learning_object_id: body.learning_object_id,
        passthrough: Some(passthrough()),
        progress: body.progress,
        status: Some(Status {
            source_value: body.status.and_then(|status| status.source_value),
            value: Some(StatusValue::Completed),
        }),
    };
    Seed { id: inputs.id, account: inputs.account, prefer: Prefer::heartbeat(), assignment }
}

pub(crate) fn list_inputs() -> List {
    List { inputs: inputs::list(), updated_after: assigned_at() }
}

pub(crate) fn seed(Seed { id, account, prefer, assignment }: Seed) -> Request<Bytes> {
    LmsCreateUserAssignmentRequest::builder()
        .id(id)
        .account(account)
        .prefer(prefer)
        .assignment(assignment)
        .build()
        .into_http_request()
        .expect("values that can be sent")
}

pub(crate) fn list(List { inputs, updated_after }: List) -> Request<Bytes> {
    HrisListEmployeesRequest::builder()
        .account(inputs.account)
        .next(inputs.next)
        .page_size(inputs.page_size)
        .fields(inputs.fields)
        .expand(inputs.expand)
        .raw(inputs.raw)
        .updated_after(updated_after)
        .build()
        .into_http_request()
        .expect("values that can be sent")
}
