//! `stackone`.

use crate::inputs::{self, assigned_at, due_date, passthrough};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::Request;
use stackone::{
    Prefer, Timestamp,
    lms::{
        LmsAssignmentStatus, LmsAssignmentStatusValue, LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest,
    },
    stackone_operation,
};

pub(crate) struct Seed {
    id: String,
    account: String,
    prefer: Prefer,
    assignment: LmsCreateAssignmentRequestDto,
}

pub(crate) struct List {
    inputs: inputs::List,
    updated_after: DateTime<Utc>,
}

#[stackone_operation(method = "GET", path = "/unified/hris/employees", response = serde_json::Value)]
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
    let mut assignment = LmsCreateAssignmentRequestDto::new(inputs.assignment.learning_object_external_reference);
    assignment.assigned_at = Some(assigned_at().into());
    assignment.due_date = Some(due_date().into());
    assignment.external_reference = inputs.assignment.external_reference;
    assignment.learning_object_id = inputs.assignment.learning_object_id;
    assignment.passthrough = Some(passthrough());
    assignment.progress = inputs.assignment.progress;
    let mut status = LmsAssignmentStatus::default();
    status.source_value = inputs.assignment.status.and_then(|status| status.source_value);
    status.value = Some(LmsAssignmentStatusValue::Completed);
    assignment.status = Some(status);
    Seed { id: inputs.id, account: inputs.account, prefer: Prefer::heartbeat(), assignment }
}

pub(crate) fn list_inputs() -> List {
    List { inputs: inputs::list(), updated_after: assigned_at() }
}

pub(crate) fn seed(Seed { id, account, prefer, assignment }: Seed) -> Request<Bytes> {
    LmsCreateUserAssignmentRequest::builder()
        .id(id)
        .x_account_id(account)
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
