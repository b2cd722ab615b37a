//! rustify's derive with its run-time builder. rustify has no headers, so that they are set on the built request. The fields of
//! the operation are the body.

use crate::{
    inputs::{Instant, List, Seed, Status},
    plain::BASE,
};
use bytes::Bytes;
use derive_builder::Builder;
use http::{
    HeaderName, HeaderValue, Request,
    header::{ACCEPT, CONTENT_TYPE},
};
use rustify::endpoint::Endpoint;
use rustify_derive::Endpoint;
use serde_json::{Map, Value};

const X_ACCOUNT_ID: HeaderName = HeaderName::from_static("x-account-id");
const PREFER: HeaderName = HeaderName::from_static("prefer");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

#[derive(Builder, Endpoint)]
#[endpoint(path = "unified/lms/users/{self.id}/assignments", method = "POST", builder = "true")]
#[builder(setter(into, strip_option))]
struct LmsCreateUserAssignment {
    #[endpoint(skip)]
    id: String,
    #[endpoint(skip)]
    x_account_id: String,
    #[endpoint(skip)]
    #[builder(default)]
    prefer: Option<String>,
    #[builder(default)]
    assigned_at: Option<Instant>,
    #[builder(default)]
    due_date: Option<Instant>,
    #[builder(default)]
    external_reference: Option<String>,
    learning_object_external_reference: String,
    #[builder(default)]
    learning_object_id: Option<String>,
    #[builder(default)]
    passthrough: Option<Map<String, Value>>,
    #[builder(default)]
    progress: Option<f64>,
    #[builder(default)]
    status: Option<Status>,
}

#[derive(Builder, Endpoint)]
#[endpoint(path = "unified/hris/employees", method = "GET", builder = "true")]
#[builder(setter(into, strip_option))]
struct HrisListEmployees {
    #[endpoint(skip)]
    x_account_id: String,
    #[endpoint(skip)]
    #[builder(default)]
    prefer: Option<String>,
    #[endpoint(query)]
    #[builder(default)]
    next: Option<String>,
    #[endpoint(query)]
    #[builder(default)]
    page_size: Option<u32>,
    #[endpoint(query)]
    #[builder(default)]
    fields: Option<String>,
    #[endpoint(query)]
    #[builder(default)]
    expand: Option<String>,
    #[endpoint(query)]
    #[builder(default)]
    raw: Option<bool>,
    #[endpoint(query)]
    #[builder(default)]
    updated_after: Option<Instant>,
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("a value that can be sent")
}

pub(crate) fn seed(inputs: Seed) -> Request<Bytes> {
    let mut builder = LmsCreateUserAssignment::builder();
    builder
        .id(inputs.id)
        .x_account_id(inputs.account)
        .prefer(inputs.prefer)
        .learning_object_external_reference(inputs.assignment.learning_object_external_reference);
    builder.assigned_at = Some(inputs.assignment.assigned_at);
    builder.due_date = Some(inputs.assignment.due_date);
    builder.external_reference = Some(inputs.assignment.external_reference);
    builder.learning_object_id = Some(inputs.assignment.learning_object_id);
    builder.passthrough = Some(inputs.assignment.passthrough);
    builder.progress = Some(inputs.assignment.progress);
    builder.status = Some(inputs.assignment.status);
    let operation = builder.build().expect("every field that is needed");
    let mut request = operation.request(BASE).expect("values that can be sent");
    let headers = request.headers_mut();
    headers.insert(ACCEPT, JSON);
    headers.insert(CONTENT_TYPE, JSON);
    headers.insert(X_ACCOUNT_ID, value(&operation.x_account_id));
    if let Some(prefer) = &operation.prefer {
        headers.insert(PREFER, value(prefer));
    }
    request.map(Bytes::from)
}

pub(crate) fn list(inputs: List) -> Request<Bytes> {
    let operation = HrisListEmployees::builder()
        .x_account_id(inputs.account)
        .next(inputs.next)
        .page_size(inputs.page_size)
        .fields(inputs.fields)
        .expand(inputs.expand)
        .raw(inputs.raw)
        .updated_after(inputs.updated_after)
        .build()
        .expect("every field that is needed");
    let mut request = operation.request(BASE).expect("values that can be sent");
    let headers = request.headers_mut();
    headers.insert(ACCEPT, JSON);
    headers.insert(X_ACCOUNT_ID, value(&operation.x_account_id));
    if let Some(prefer) = &operation.prefer {
        headers.insert(PREFER, value(prefer));
    }
    request.map(Bytes::from)
}
