//! bon's builder, with the hand-written conversion.

use super::hand;
use crate::inputs::{Assignment, Instant, List, Seed};
use bytes::Bytes;
use http::Request;

#[derive(bon::Builder)]
#[builder(on(String, into))]
struct LmsCreateUserAssignment {
    id: String,
    x_account_id: String,
    prefer: Option<String>,
    assignment: Assignment,
}

#[derive(bon::Builder)]
#[builder(on(String, into))]
struct HrisListEmployees {
    x_account_id: String,
    prefer: Option<String>,
    next: Option<String>,
    page_size: Option<u32>,
    fields: Option<String>,
    expand: Option<String>,
    raw: Option<bool>,
    updated_after: Option<Instant>,
}

pub(crate) fn seed(inputs: Seed) -> Request<Bytes> {
    let built = LmsCreateUserAssignment::builder()
        .id(inputs.id)
        .x_account_id(inputs.account)
        .prefer(inputs.prefer)
        .assignment(inputs.assignment)
        .build();
    hand::LmsCreateUserAssignment {
        id: built.id,
        x_account_id: built.x_account_id,
        prefer: built.prefer,
        assignment: built.assignment,
    }
    .into_request()
    .expect("values that can be sent")
}

pub(crate) fn list(inputs: List) -> Request<Bytes> {
    let built = HrisListEmployees::builder()
        .x_account_id(inputs.account)
        .next(inputs.next)
        .page_size(inputs.page_size)
        .fields(inputs.fields)
        .expand(inputs.expand)
        .raw(inputs.raw)
        .updated_after(inputs.updated_after)
        .build();
    hand::HrisListEmployees {
        x_account_id: built.x_account_id,
        prefer: built.prefer,
        next: built.next,
        page_size: built.page_size,
        fields: built.fields,
        expand: built.expand,
        raw: built.raw,
        updated_after: built.updated_after,
    }
    .into_request()
    .expect("values that can be sent")
}
