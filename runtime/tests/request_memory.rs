//! The memory of a request: allocations, what stays after the request is dropped, and what a part of it keeps.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use allocation_counter::{AllocationInfo, measure};
use bytes::Bytes;
use http::{HeaderValue, Request, Uri};
use serde::Serialize;
use serde_json::{Map, Value, json};
use stackone::{Base64, Part, Prefer, Timestamp, chrono::DateTime, open_enum, stackone_operation};
use std::hint::black_box;

/// The size of a large body.
const LARGE: usize = 8 * 1024 * 1024;

/// The target and the header values share one buffer. It is small, because a target has at most 64 KiB.
const TARGET_AND_HEADERS: i64 = 1024;

#[stackone_operation(method = "POST", path = "/unified/lms/users/{id}/assignments", response = Value)]
struct LmsCreateUserAssignmentRequest {
    #[path]
    id: String,
    #[header("x-account-id")]
    account: String,
    #[header]
    prefer: Option<Prefer>,
    #[body]
    assignment: Assignment,
}

#[derive(Serialize)]
struct Assignment {
    assigned_at: Timestamp,
    due_date: Timestamp,
    external_reference: String,
    learning_object_external_reference: String,
    learning_object_id: String,
    passthrough: Value,
    progress: f64,
    status: Status,
}

#[derive(Serialize)]
struct Status {
    source_value: Value,
    value: StatusValue,
}

open_enum! {
    /// The status of an assignment.
    enum StatusValue {
        /// Done.
        Completed = "completed",
    }
}

#[stackone_operation(method = "GET", path = "/unified/hris/employees", response = Value)]
struct HrisListEmployeesRequest {
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

#[stackone_operation(method = "POST", path = "/files/{id}")]
#[derive(Clone)]
struct UploadJsonRequest {
    #[path]
    id: String,
    #[header("x-secret", sensitive)]
    secret: String,
    #[body]
    document: Vec<String>,
}

#[stackone_operation(method = "POST", path = "/files/{id}")]
struct UploadBytesRequest {
    #[path]
    id: String,
    #[body(content_type = "application/octet-stream")]
    content: Bytes,
}

#[stackone_operation(method = "POST", path = "/files")]
struct UploadPartsRequest {
    #[part]
    title: String,
    #[part(content_type = "application/octet-stream")]
    content: Bytes,
    #[part]
    file: Part,
}

/// A file as StackOne takes it.
#[derive(serde::Serialize)]
struct File {
    name: &'static str,
    content: Base64,
    category: &'static str,
}

#[stackone_operation(method = "POST", path = "/documents/upload")]
struct UploadFileRequest {
    #[body]
    file: File,
}

#[stackone_operation(method = "POST", path = "/documents/upload_many")]
struct UploadFilesRequest {
    #[body]
    files: Vec<Base64>,
}

#[stackone_operation(method = "POST", path = "/token")]
struct SubmitFormRequest {
    #[body(content_type = "application/x-www-form-urlencoded")]
    form: Map<String, Value>,
}

fn timestamp(milliseconds: i64) -> Timestamp {
    DateTime::from_timestamp_millis(milliseconds).unwrap().into()
}

/// The request of the table "Building a request" that has a body.
fn create_assignment() -> LmsCreateUserAssignmentRequest {
    let assignment = Assignment {
        assigned_at: timestamp(1_701_302_400_120),
        due_date: timestamp(1_749_283_750_011),
        external_reference: "full-external_reference-670".to_owned(),
        learning_object_external_reference: "full-learning_object_external_reference-411".to_owned(),
        learning_object_id: "full-learning_object_id-123".to_owned(),
        passthrough: json!({
            "alpha": "one", "count": 7, "flag": true, "list": ["x", "y"], "nested": {"k1": "v1", "deep": {"k2": 2.5}},
        }),
        progress: 42.0,
        status: Status { source_value: "full-source_value-930".into(), value: StatusValue::Completed },
    };
    LmsCreateUserAssignmentRequest::builder()
        .id("full-id-27")
        .account("full-x-account-id-268")
        .prefer(Prefer::heartbeat())
        .assignment(assignment)
        .build()
}

/// The request of the table "Building a request" that has query parameters.
fn list_employees() -> HrisListEmployeesRequest {
    HrisListEmployeesRequest::builder()
        .account("full-x-account-id-330")
        .next("full-next-606")
        .page_size(100_u32)
        .fields("id,first_name,last_name,work_email")
        .expand("company,employments")
        .raw(true)
        .updated_after(timestamp(1_701_302_400_120))
        .build()
}

fn upload(bytes: usize) -> UploadJsonRequest {
    UploadJsonRequest { id: "1".to_owned(), secret: "s3cret".to_owned(), document: vec!["x".repeat(bytes)] }
}

/// What is allocated while a request is built and what is left of it after `keep`. The metadata is read before, because it
/// is read once per process.
fn built<T>(
    build: impl Fn() -> Result<Request<Bytes>, stackone::Error>,
    keep: impl Fn(Request<Bytes>) -> T,
) -> AllocationInfo {
    drop(build().unwrap());
    let mut kept = None;
    let info = measure(|| kept = Some(keep(black_box(build().unwrap()))));
    drop(kept);
    info
}

#[test]
fn a_request_takes_at_most_six_allocations() {
    let operation = create_assignment();
    let info = built(|| stackone::Operation::to_http_request(&operation), |request| request);
    assert!(info.count_total <= 6, "{info:?}");
    let operation = list_employees();
    let info = built(|| stackone::Operation::to_http_request(&operation), |request| request);
    assert!(info.count_total <= 6, "{info:?}");
}

#[test]
fn nothing_stays_after_a_request_is_dropped() {
    for size in [10, 1000, 100_000, LARGE] {
        let operation = upload(size);
        let info = built(|| stackone::Operation::to_http_request(&operation), drop);
        assert_eq!((info.bytes_current, info.count_current), (0, 0), "{size}");
    }
}

#[test]
fn nothing_stays_after_a_request_is_refused() {
    let mut operation = upload(LARGE);
    operation.secret.push('\n');
    assert!(operation.clone().into_http_request().is_err());
    let info = measure(|| drop(black_box(stackone::Operation::to_http_request(&operation))));
    assert_eq!((info.bytes_current, info.count_current), (0, 0));
}

#[test]
fn a_large_body_has_an_allocation_of_its_own_size() {
    let size = i64::try_from(LARGE).unwrap();
    let operation = upload(LARGE);
    let info = built(|| stackone::Operation::to_http_request(&operation), |request| request);
    assert!((size..size + 4096).contains(&info.bytes_current), "{info:?}");
    let operation = SubmitFormRequest { form: Map::from_iter([("k".to_owned(), Value::from("x".repeat(LARGE)))]) };
    let info = built(|| stackone::Operation::to_http_request(&operation), |request| request);
    assert!((size..size + 4096).contains(&info.bytes_current), "{info:?}");
}

#[test]
fn a_uri_or_header_of_a_request_does_not_keep_the_body() {
    let operation = upload(LARGE);
    let uri = |request: Request<Bytes>| -> Uri { request.uri().clone() };
    let info = built(|| stackone::Operation::to_http_request(&operation), uri);
    assert!((1..TARGET_AND_HEADERS).contains(&info.bytes_current), "{info:?}");
    let header = |request: Request<Bytes>| -> HeaderValue { request.headers()["x-secret"].clone() };
    let info = built(|| stackone::Operation::to_http_request(&operation), header);
    assert!((1..TARGET_AND_HEADERS).contains(&info.bytes_current), "{info:?}");
}

#[test]
fn a_bytes_body_is_sent_without_a_copy() {
    let content = Bytes::from(vec![b'x'; LARGE]);
    let operation = UploadBytesRequest { id: "1".to_owned(), content: content.clone() };
    let info = built(|| stackone::Operation::to_http_request(&operation), |request| request);
    assert!(info.bytes_total < 4096, "{info:?}");
    let request = stackone::Operation::to_http_request(&operation).unwrap();
    assert_eq!(request.body().as_ptr(), content.as_ptr());
}

#[test]
fn parts_are_copied_once_into_a_body_of_the_right_size() {
    let content = Bytes::from(vec![b'x'; LARGE]);
    let file = Part::bytes(content.clone()).file_name("x.bin");
    let operation = UploadPartsRequest { title: "x".to_owned(), content, file };
    let size = 2 * i64::try_from(LARGE).unwrap();
    let info = built(|| stackone::Operation::to_http_request(&operation), |request| request);
    assert!((size..size + 4096).contains(&info.bytes_current), "{info:?}");
    assert!((size..size + 8192).contains(&i64::try_from(info.bytes_total).unwrap()), "{info:?}");
}

/// The file is allocated before. What is allocated for its request is the base64 text, and less than 2 % more at any time.
#[test]
fn a_file_in_json_needs_the_memory_of_its_base64_text_and_no_more() {
    for size in [100_000, 1_000_001, LARGE] {
        let content = Base64::from(vec![7; size]);
        let text = u64::try_from(size.div_ceil(3) * 4).unwrap();
        let operation = UploadFileRequest { file: File { name: "a", content: content.clone(), category: "b" } };
        let info = built(|| stackone::Operation::to_http_request(&operation), |request| request);
        let limit = text + text / 50 + 8192;
        assert!((text..limit).contains(&info.bytes_max), "{size}: {info:?}");
        assert!((text..limit).contains(&u64::try_from(info.bytes_current).unwrap()), "{size}: {info:?}");
        let body = stackone::Operation::to_http_request(&operation).unwrap().into_body();
        assert_eq!(body, format!(r#"{{"name":"a","content":"{content}","category":"b"}}"#));
    }
}

/// A body with many values is not allocated again for each.
#[test]
fn many_files_in_json_take_few_allocations() {
    let operation = UploadFilesRequest { files: vec![Base64::from(vec![7; 20_000]); 200] };
    let info = built(|| stackone::Operation::to_http_request(&operation), |request| request);
    assert!(info.count_total < 30, "{info:?}");
}
