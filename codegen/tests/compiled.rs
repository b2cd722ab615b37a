//! The source of each snapshot compiles, and does what its document says. `tests/snapshots.rs` and `tests/odd.rs` write the sources.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[allow(dead_code, deprecated, unreachable_pub, clippy::pedantic)]
#[rustfmt::skip]
#[path = "snapshots"]
mod compiled {
    #[path = "bodies.rs"]
    mod bodies;
    #[path = "choices.rs"]
    mod choices;
    #[path = "forms.rs"]
    mod forms;
    #[path = "further.rs"]
    pub mod further;
    #[path = "merged.rs"]
    mod merged;
    #[path = "multipart.rs"]
    mod multipart;
    #[path = "names.rs"]
    mod names;
    #[path = "objects.rs"]
    mod objects;
    #[path = "parameters.rs"]
    mod parameters;
    #[path = "required.rs"]
    mod required;
    #[path = "responses.rs"]
    mod responses;
    #[path = "statuses.rs"]
    pub mod statuses;
}

/// The sources of the odd documents, with the lints of a crate that denies all warnings.
#[deny(warnings)]
#[allow(dead_code)]
#[rustfmt::skip]
#[path = "odd"]
mod odd {
    #[path = "any_media/mod.rs"]
    pub mod any_media;
    #[path = "bodies/mod.rs"]
    pub mod bodies;
    #[path = "bounds/mod.rs"]
    pub mod bounds;
    #[path = "deprecated/mod.rs"]
    pub mod deprecated;
    #[path = "docs/mod.rs"]
    pub mod docs;
    #[path = "flow/mod.rs"]
    pub mod flow;
    #[path = "merged_keys/mod.rs"]
    pub mod merged_keys;
    #[path = "names/mod.rs"]
    pub mod names;
    #[path = "nullable/mod.rs"]
    pub mod nullable;
    #[path = "parameters/mod.rs"]
    pub mod parameters;
    #[path = "paths/mod.rs"]
    pub mod paths;
    #[path = "recursion/mod.rs"]
    pub mod recursion;
    #[path = "references/mod.rs"]
    pub mod references;
    #[path = "responses/mod.rs"]
    pub mod responses;
    #[path = "schemas/mod.rs"]
    pub mod schemas;
    #[path = "scrambled/mod.rs"]
    pub mod scrambled;
    #[path = "webhooks/mod.rs"]
    pub mod webhooks;
}

use compiled::further::{CreateMetricRequest, Metric, NewMetric, Options};
use compiled::statuses::{
    CreateFileRequest, ListReportsRequest, ListReportsXState, StartReportRequest, StartReportSuccess,
};
use odd::parameters::api::{ContentC, ContentRequest, StylesRequest};
use stackone::{bytes::Bytes, decode_response, http};

fn response(status: u16, headers: &[(&str, &str)], body: &'static str) -> http::Response<Bytes> {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(Bytes::from_static(body.as_bytes())).unwrap()
}

#[test]
fn the_status_decides_the_value() {
    let body = |status, body| {
        let response = response(status, &[("location", "/reports/7")], body);
        decode_response::<StartReportRequest>(response).unwrap().value
    };
    let accepted = body(202, r#"{"id": "7"}"#);
    assert_eq!(accepted.headers.location.as_deref(), Some("/reports/7"));
    assert!(matches!(accepted.body, StartReportSuccess::Accepted(ticket) if ticket.id.as_deref() == Some("7")));
    assert!(matches!(body(200, r#"{"rows": 3}"#).body, StartReportSuccess::Ok(report) if report.rows == Some(3)));
    assert!(matches!(body(204, "").body, StartReportSuccess::NoContent));
}

#[test]
fn headers_are_a_part_of_the_value() {
    let headers = [("x-total", "12"), ("x-state", "new"), ("x-names", "a, b"), ("etag", "\"1\"")];
    let reports = decode_response::<ListReportsRequest>(response(200, &headers, r#"[{"rows": 1}]"#)).unwrap();
    assert_eq!(reports.value.headers.x_total, Some(12));
    assert_eq!(reports.value.headers.x_state, Some(ListReportsXState::Other("new".to_owned())));
    assert_eq!(reports.value.headers.etag.as_deref(), Some("\"1\""));
    assert_eq!(reports.value.headers.last_modified, None);
    assert!(reports.value.headers.set_cookie.is_empty());
    assert_eq!(reports.value.body.len(), 1);
    // A number that is none does not fail the response.
    let reports = decode_response::<ListReportsRequest>(response(200, &[("x-total", "10+")], "[]")).unwrap();
    assert_eq!(reports.value.headers.x_total, None);
    assert_eq!(reports.value.headers.unexpected.get("/X-Total").and_then(|value| value.as_str()), Some("10+"));
    // Without a body, the headers are the value.
    let created = decode_response::<CreateFileRequest>(response(201, &[("location", "/files/1")], "")).unwrap();
    assert_eq!(created.value.location.as_deref(), Some("/files/1"));
}

#[test]
fn further_properties_are_beside_the_fields() {
    let metric = NewMetric::new("cpu")
        .additional_properties2([("cores".to_owned(), 8)])
        .options(Options::new().additional_properties([("any".to_owned(), true.into())]));
    let request = CreateMetricRequest::builder().body(metric.clone()).build().into_http_request().unwrap();
    assert_eq!(request.body(), r#"{"name":"cpu","options":{"any":true},"cores":8}"#);
    // The name of a field would be sent twice.
    let twice = metric.additional_properties2([("name".to_owned(), 1)]);
    let error = CreateMetricRequest::builder().body(twice).build().into_http_request().unwrap_err().to_string();
    assert!(error.contains("`name`") && error.contains("body"), "{error}");
    let body = r#"{"cpu": {"at": "2021-07-21T14:00:00.000Z", "more": 1}, "id": "7"}"#;
    let metric = decode_response::<CreateMetricRequest>(response(200, &[], body)).unwrap().value;
    assert_eq!(metric.id.as_deref(), Some("7"));
    assert!(metric.additional_properties["cpu"].at.is_some());
    let written = serde_json::to_string::<Metric>(&metric).unwrap();
    assert_eq!(written, r#"{"id":"7","cpu":{"at":"2021-07-21T14:00:00.000Z"}}"#);
}

#[test]
fn the_styles_of_a_path_are_part_of_the_path() {
    let operation = StylesRequest::builder()
        .m("a b")
        .l(5)
        .ml(["x".to_owned(), "y".to_owned()])
        .mo(ContentC::new().a("o"))
        .s([1, 2])
        .so(ContentC::new().a("p"))
        .ho(ContentC::new().a("q"))
        .nulr("n")
        .build();
    let request = operation.into_http_request().unwrap();
    assert_eq!(request.uri(), "/styles/;m=a%20b/.5/;ml=x,y/;mo=a,o/1,2/a=p?nulr=n");
    assert_eq!(request.headers()["ho"], "a,q");
}

#[test]
fn a_parameter_with_content_is_the_json_of_its_value() {
    let operation = ContentRequest::builder()
        .c(ContentC::new().a("é"))
        .g(5)
        .h(["x".to_owned()].to_vec())
        .i("y".to_owned())
        .j(ContentC::new().a("é"))
        .build();
    let request = operation.into_http_request().unwrap();
    let query = "c=%7B%22a%22%3A%22%5Cu00e9%22%7D&g=5&h=%5B%22x%22%5D&i=%22y%22";
    assert_eq!(request.uri().query(), Some(query));
    assert_eq!(request.headers()["j"], r#"{"a":"\u00e9"}"#);
}
