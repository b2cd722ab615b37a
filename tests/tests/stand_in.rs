//! From the struct to the socket and back: an operation of the catalogue, the client, and a server on loopback.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use http_body_util::Full;
use hyper_util::{client::legacy, rt::TokioExecutor};
use serde_json::{Value, json};
use stackone::{Client, ErrorKind, Prefer, Timestamp};
use stackone_api::lms::{
    AssignmentStatusEnum, AssignmentStatusEnumValue, LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest,
};
use stackone_examples::{Options, StandIn};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

const BEATS: u32 = 5;

async fn start() -> StandIn {
    StandIn::start(Options { heartbeats: BEATS, interval: Duration::from_millis(1) }).await.unwrap()
}

fn client(stand_in: &StandIn) -> Client {
    Client::builder().api_key(stand_in.api_key()).base_url(stand_in.base_url()).build().unwrap()
}

fn operation(stand_in: &StandIn, id: &str) -> LmsCreateUserAssignmentRequest {
    LmsCreateUserAssignmentRequest::builder()
        .id(id)
        .x_account_id(stand_in.account_id())
        .body(LmsCreateAssignmentRequestDto::new("course-42"))
        .build()
}

#[tokio::test]
async fn an_operation_is_sent_and_its_response_decoded() {
    let stand_in = start().await;
    let due: Timestamp = "2026-03-01T09:00:00+01:00".parse().unwrap();
    let status = AssignmentStatusEnum::new()
        .source_value(json!({"code": 7}))
        .value(AssignmentStatusEnumValue::Other("on_hold".to_owned()));
    let assignment = LmsCreateAssignmentRequestDto::new("course-42").due_date(due).progress(12.5).status(status);
    let operation = LmsCreateUserAssignmentRequest::builder()
        .id("usr 1/é")
        .x_account_id(stand_in.account_id())
        .prefer(Prefer::heartbeat())
        .body(assignment)
        .build();
    let seen = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&seen);

    let created = client(&stand_in)
        .send(operation)
        .on_heartbeat(move |beat| counter.store(beat.count, Ordering::Relaxed))
        .await
        .unwrap();

    assert_eq!(created.status(), 201);
    assert_eq!(created.heartbeats(), u64::from(BEATS));
    assert_eq!(seen.load(Ordering::Relaxed), u64::from(BEATS));
    assert_eq!(created.request_id(), Some("req_stand_in"));
    let data = created.value.data.unwrap();
    assert_eq!(data.id.as_deref(), Some("asg_usr%201%2F%C3%A9"));
    let [received] = &stand_in.received()[..] else { panic!("one request") };
    assert_eq!(received.method, "POST");
    assert_eq!(received.target, "/unified/lms/users/usr%201%2F%C3%A9/assignments");
    assert_eq!(received.headers["authorization"], "Basic c3RhbmQtaW4ta2V5Og==");
    assert_eq!(received.headers["accept"], "application/json");
    assert_eq!(received.headers["content-type"], "application/json");
    assert_eq!(received.headers["prefer"], "heartbeat");
    assert_eq!(received.headers["accept-encoding"], "identity");
    assert!(received.headers["user-agent"].to_str().unwrap().starts_with("stackone-rust/"));
    let body: Value = serde_json::from_slice(&received.body).unwrap();
    let expected = json!({
        "learning_object_external_reference": "course-42",
        "due_date": "2026-03-01T08:00:00.000Z",
        "progress": 12.5,
        "status": {"source_value": {"code": 7}, "value": "on_hold"},
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn the_response_is_the_same_without_heartbeats() {
    let stand_in = start().await;
    let created = client(&stand_in).send(operation(&stand_in, "usr_1")).await.unwrap();
    assert_eq!((created.status().as_u16(), created.heartbeats()), (201, 0));
    assert_eq!(created.value.data.as_ref().unwrap().id.as_deref(), Some("asg_usr_1"));
    assert!(!stand_in.received()[0].headers.contains_key("prefer"));
}

#[tokio::test]
async fn the_callers_own_transport_can_speak_http_2() {
    let stand_in = start().await;
    let transport = legacy::Client::builder(TokioExecutor::new()).http2_only(true).build_http::<Full<bytes::Bytes>>();
    let builder = Client::builder().api_key(stand_in.api_key()).base_url(stand_in.base_url());
    let client = builder.build_with(transport).unwrap();
    let mut operation = operation(&stand_in, "usr_1");
    operation.prefer = Some(Prefer::heartbeat());
    let created = client.send(operation).await.unwrap();
    assert_eq!(created.heartbeats(), u64::from(BEATS));
}

#[tokio::test]
async fn an_unknown_key_is_reported() {
    let stand_in = start().await;
    let client = Client::builder().api_key("other").base_url(stand_in.base_url()).build().unwrap();
    let error = client.send(operation(&stand_in, "usr_1")).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 401));
    assert_eq!(error.api().unwrap().message(), "Unauthorized: the API key is not known");
    assert!(!error.outcome_unknown());
}

#[tokio::test]
async fn a_refused_write_is_sent_once() {
    let stand_in = start().await;
    let error = client(&stand_in).send(operation(&stand_in, "unknown")).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 404));
    assert_eq!(
        error.to_string(),
        "lms_create_user_assignment: 404 Not Found: User not found (request id req_stand_in)"
    );
    assert_eq!(stand_in.received().len(), 1);
}

#[tokio::test]
async fn an_id_that_would_call_another_endpoint_is_not_sent() {
    let stand_in = start().await;
    let client = client(&stand_in);
    for id in ["..", ".", ""] {
        let error = client.send(operation(&stand_in, id)).await.unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::Build, Some("id")), "{id:?}");
    }
    assert!(stand_in.received().is_empty());
}

#[tokio::test]
async fn an_absent_server_is_a_connect_error() {
    let address = {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.local_addr().unwrap()
    };
    let client = Client::builder().base_url(format!("http://{address}")).build().unwrap();
    let stand_in = start().await;
    let error = client.send(operation(&stand_in, "usr_1")).no_retry().await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    assert!(!error.outcome_unknown());
}
