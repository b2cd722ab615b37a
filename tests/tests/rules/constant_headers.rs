//! Constant headers, and how they relate to the headers that follow from the response and the body.

use super::Built;
use serde_json::{Value, json};
use stackone::{
    Operation,
    http::{HeaderMap, HeaderValue},
    stackone_operation,
};

fn headers(built: Built) -> HeaderMap {
    built.unwrap_or_else(|error| panic!("{error}")).into_parts().0.headers
}

#[stackone_operation(
    method = "GET",
    path = "/",
    response = text,
    headers("Accept" = "text/csv; header=present", "x-version" = "2022-11-28", "x-empty" = "", "x-name" = "J\u{e9}\t!", "prefer" = "wait=10"),
)]
struct ConstantRequest {
    #[header]
    x_field: Option<String>,
}

#[test]
fn constant_headers_are_sent_byte_by_byte() {
    let sent = headers(ConstantRequest::builder().x_field("1").build().into_http_request());
    for (name, value) in [
        ("accept", &b"text/csv; header=present"[..]),
        ("x-version", b"2022-11-28"),
        ("x-empty", b""),
        ("x-name", b"J\xe9\t!"),
        ("x-field", b"1"),
        ("prefer", b"wait=10"),
    ] {
        assert_eq!(sent.get_all(name).iter().map(HeaderValue::as_bytes).collect::<Vec<_>>(), [value], "{name}");
    }
    assert_eq!(sent.len(), 6);
}

#[test]
fn constant_headers_are_in_the_metadata() {
    let metadata = ConstantRequest::metadata();
    let names: Vec<_> = metadata.constant_headers().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["accept", "x-version", "x-empty", "x-name", "prefer"]);
    assert!(metadata.declares_header("x-version") && metadata.declares_header("x-field"));
    assert!(!metadata.declares_header("x-other"));
    assert_eq!(metadata.parameters().len(), 1);
}

#[test]
fn a_secret_in_a_constant_header_is_sensitive() {
    #[stackone_operation(
        method = "GET",
        path = "/",
        headers("Authorization" = "Basic c2VjcmV0Og==", "cookie" = "session=secret", "x-open" = "1"),
    )]
    struct PinnedRequest;
    let sent = headers(PinnedRequest.into_http_request());
    assert!(sent["authorization"].is_sensitive() && sent["cookie"].is_sensitive() && !sent["x-open"].is_sensitive());
    let shown = format!("{:?} {:?}", PinnedRequest::metadata(), sent);
    assert!(!shown.contains("secret") && !shown.contains("c2VjcmV0"), "{shown}");
}

#[test]
fn a_declared_accept_replaces_that_of_the_response() {
    #[stackone_operation(method = "GET", path = "/", response = Value)]
    struct AcceptRequest {
        #[header]
        accept: Option<String>,
    }
    assert_eq!(headers(AcceptRequest::builder().build().into_http_request())["accept"], "application/json");
    let declared = AcceptRequest::builder().accept("application/vnd.x+json").build();
    assert_eq!(headers(declared.into_http_request())["accept"], "application/vnd.x+json");
}

#[test]
fn a_declared_content_type_replaces_that_of_the_body() {
    #[stackone_operation(method = "POST", path = "/")]
    struct UploadRequest {
        #[header]
        content_type: Option<String>,
        #[body]
        body: Option<Value>,
    }
    let upload = |content_type: Option<&str>, body| {
        let upload = UploadRequest { content_type: content_type.map(str::to_owned), body };
        headers(upload.into_http_request()).get("content-type").map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(upload(None, Some(json!(1))).as_deref(), Some("application/json"));
    assert_eq!(
        upload(Some("application/merge-patch+json"), Some(json!(1))).as_deref(),
        Some("application/merge-patch+json")
    );
    assert_eq!(upload(Some("text/csv"), None).as_deref(), Some("text/csv"));
    assert_eq!(upload(None, None), None);
}

#[test]
fn a_constant_content_type_is_sent_without_a_body() {
    #[stackone_operation(method = "GET", path = "/", headers("Content-Type" = "application/json"))]
    struct TypedRequest;
    assert_eq!(headers(TypedRequest.into_http_request())["content-type"], "application/json");
}
