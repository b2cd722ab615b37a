//! The faults of the official client of the API, one test for each: this client must not have them. The thirteenth, the time
//! of a request, is a benchmark.
#![expect(clippy::unwrap_used, clippy::unnecessary_wraps, reason = "a test that cannot go on has failed")]

use bytes::Bytes;
use http::{Request, Response, StatusCode, Uri, header::LOCATION};
use http_body_util::{BodyExt, Full, StreamBody, combinators::UnsyncBoxBody};
use stackone::{Client, ClientBuilder, ErrorKind, Operation, Prefer, page::List, stackone_operation};
use stackone_api::lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest};
use stackone_tests::operations::{
    documents::DocumentsDownloadFileRequest, hris::HrisListEmployeesRequest,
    lms::completions::LmsDeleteUserCompletionRequest,
};
use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::time::{Instant, sleep};
use tower::{ServiceExt, util::BoxCloneSyncService};

type Error = Box<dyn std::error::Error + Send + Sync>;
type Body = UnsyncBoxBody<Bytes, Error>;

/// A server that is a function, and the requests that it got.
struct Server {
    client: Client,
    seen: Arc<Mutex<Vec<Request<Full<Bytes>>>>>,
}

impl Server {
    fn new(answer: impl Fn(usize) -> Result<Response<Body>, Error> + Send + Sync + 'static) -> Self {
        Self::with(|builder| builder, answer)
    }

    fn with(
        settings: impl FnOnce(ClientBuilder) -> ClientBuilder,
        answer: impl Fn(usize) -> Result<Response<Body>, Error> + Send + Sync + 'static,
    ) -> Self {
        let seen: Arc<Mutex<Vec<_>>> = Arc::default();
        let (log, answer) = (Arc::clone(&seen), Arc::new(answer));
        let service = tower::service_fn(move |request: Request<Full<Bytes>>| {
            let mut log = log.lock().unwrap();
            log.push(request);
            let answer = answer(log.len());
            async move { answer }
        });
        let service = BoxCloneSyncService::new(service.map_err(|error: Error| error));
        let client = settings(Client::builder().api_key("key")).build_with(service).unwrap();
        Self { client, seen }
    }

    fn requests(&self) -> usize {
        self.seen.lock().unwrap().len()
    }
}

fn answer(status: u16, body: &'static str) -> Result<Response<Body>, Error> {
    let mut response = Response::new(Full::from(body).map_err(|never| match never {}).boxed_unsync());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    Ok(response)
}

/// A body that sends newlines, one each second, and then the rest.
fn beating(status: u16, beats: u32, rest: &'static str) -> Result<Response<Body>, Error> {
    let pieces = beats_then(beats, rest);
    let mut response = Response::new(StreamBody::new(pieces).boxed_unsync());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    Ok(response)
}

fn beats_then(
    beats: u32,
    rest: &'static str,
) -> impl futures_core::Stream<Item = Result<http_body::Frame<Bytes>, Error>> + Send {
    let pieces = (0..=beats).map(move |beat| if beat < beats { "\n" } else { rest });
    futures_util::stream::unfold(pieces, |mut pieces| async move {
        let piece = pieces.next()?;
        sleep(Duration::from_secs(1)).await;
        Some((Ok(http_body::Frame::data(Bytes::from_static(piece.as_bytes()))), pieces))
    })
}

fn create() -> LmsCreateUserAssignmentRequest {
    LmsCreateUserAssignmentRequest::builder()
        .id("usr_1")
        .x_account_id("acc_1")
        .prefer(Prefer::heartbeat())
        .body(LmsCreateAssignmentRequestDto::new("course-42"))
        .build()
}

const CREATED: &str = r#"{"statusCode":201,"message":"ok","timestamp":"2026-01-01T00:00:00.000Z","data":{"id":"1"}}"#;

#[stackone_operation(method = "GET", path = "/things", response = List<u8>)]
struct ListThings {
    #[query(cursor)]
    next: Option<String>,
}

#[test]
fn fault_1_a_path_value_never_reaches_another_endpoint() {
    for value in ["..", ".", ""] {
        let delete =
            LmsDeleteUserCompletionRequest::builder().id("usr_1").sub_resource_id(value).x_account_id("a").build();
        let error = delete.into_http_request().unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::Build, Some("sub_resource_id")), "{value:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn fault_2_a_write_that_may_have_arrived_is_not_sent_again() {
    let lost = Server::new(|_| Err(io::Error::from(io::ErrorKind::ConnectionReset).into()));
    let error = lost.client.send(create()).await.unwrap_err();
    assert!(error.outcome_unknown());
    assert_eq!(lost.requests(), 1);

    let timed_out = Server::new(|_| answer(408, r#"{"statusCode":408,"message":"Request timed out"}"#));
    let error = timed_out.client.send(create()).await.unwrap_err();
    assert!(error.outcome_unknown());
    assert_eq!(timed_out.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn fault_2_attempts_have_a_limit() {
    let down = Server::new(|_| answer(503, ""));
    let began = Instant::now();
    assert!(down.client.send(ListThings { next: None }).await.is_err());
    assert_eq!(down.requests(), 4);
    assert!(began.elapsed() <= Duration::from_secs(7));
}

#[tokio::test(start_paused = true)]
async fn fault_3_retry_after_0_counts() {
    let busy = Server::new(|request| {
        let mut response = answer(if request == 1 { 429 } else { 201 }, if request == 1 { "{}" } else { CREATED })?;
        response.headers_mut().insert("retry-after", "0".parse().unwrap());
        Ok(response)
    });
    let began = Instant::now();
    busy.client.send(create()).await.unwrap();
    assert_eq!((busy.requests(), began.elapsed()), (2, Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn fault_4_heartbeats_keep_a_request_alive() {
    let slow = Server::with(|builder| builder.idle_timeout(Duration::from_secs(5)), |_| beating(201, 300, CREATED));
    let created = slow.client.send(create()).await.unwrap();
    assert_eq!(created.heartbeats(), 300);
}

#[tokio::test(start_paused = true)]
async fn fault_4_a_timeout_is_kept() {
    let slow = Server::new(|_| beating(201, 300, CREATED));
    let began = Instant::now();
    let error = slow.client.send(create()).timeout(Duration::from_millis(500)).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(began.elapsed(), Duration::from_millis(500));
}

#[tokio::test(start_paused = true)]
async fn fault_5_a_truncated_response_is_an_error_with_its_heartbeats() {
    for rest in ["", r#"{"statusCode":20"#] {
        let cut = Server::new(move |_| beating(201, 3, rest));
        let error = cut.client.send(create()).await.unwrap_err();
        assert_eq!((error.kind(), error.heartbeats()), (ErrorKind::Truncated, 3), "{rest:?}: {error}");
        assert!(error.outcome_unknown());
    }
}

#[tokio::test(start_paused = true)]
async fn fault_6_an_error_under_a_committed_success_is_an_error() {
    let failed = Server::new(|_| beating(200, 2, r#"{"statusCode":422,"message":"due_date is in the past"}"#));
    let error = failed.client.send(create()).await.unwrap_err();
    assert_eq!((error.kind(), error.api().unwrap().status().as_u16()), (ErrorKind::Api, 422));
    assert_eq!(error.api().unwrap().message(), "due_date is in the past");

    let error = failed.client.send(ListThings { next: None }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
}

#[tokio::test(start_paused = true)]
async fn fault_7_a_write_that_worked_is_a_success() {
    for (status, body) in [(200, CREATED), (202, CREATED), (201, "{}"), (201, r#"{"data":{"new_field":[]}}"#)] {
        let server = Server::new(move |_| answer(status, body));
        let created = server.client.send(create()).await.unwrap();
        assert_eq!(created.status().as_u16(), status);
    }
}

#[tokio::test(start_paused = true)]
async fn fault_8_a_download_is_streamed_byte_for_byte() {
    const FILE: &str = "\n\r\n \u{FEFF}not JSON\0\n";
    let files = Server::new(|_| beating(200, 2, FILE));
    let get = DocumentsDownloadFileRequest::builder().id("1").x_account_id("a").build();
    let began = Instant::now();
    let mut download = files.client.send(get).await.unwrap().value;
    assert_eq!(began.elapsed(), Duration::ZERO, "the head is enough to begin");
    let mut bytes = Vec::new();
    while let Some(chunk) = download.try_next().await.unwrap() {
        bytes.extend_from_slice(&chunk);
    }
    assert_eq!(bytes, ["\n\n", FILE].concat().as_bytes());
}

#[tokio::test(start_paused = true)]
async fn fault_9_a_repeated_cursor_ends_the_list() {
    let circle = Server::new(|_| answer(200, r#"{"next":"again","data":[1]}"#));
    let mut items = circle.client.items(ListThings { next: None });
    let mut got = 0;
    let error = loop {
        match items.try_next().await {
            Ok(item) => got += usize::from(item.is_some()),
            Err(error) => break error,
        }
    };
    assert_eq!(got, 2);
    assert_eq!(error.kind(), ErrorKind::Pagination, "{error}");
    assert_eq!(circle.requests(), 2);
}

#[tokio::test(start_paused = true)]
async fn fault_10_an_error_body_of_any_shape_keeps_its_status_and_message() {
    for (status, body, message) in [
        (400, r#"{"statusCode":400,"message":"Bad id"}"#, "Bad id"),
        (401, r#"{"error":"Unauthorized"}"#, "Unauthorized"),
        (403, "Forbidden", "Forbidden"),
        (404, r#"{"message":"Not here"}"#, "Not here"),
        (500, "", ""),
        (500, r#"{"statusCode":500,"mess"#, ""),
    ] {
        let server = Server::new(move |_| answer(status, body));
        let error = server.client.send(create()).await.unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, status));
        assert!(error.api().unwrap().message().contains(message), "{error}");
    }
}

#[test]
fn fault_11_filters_and_proxies_stay_apart() {
    let proxy = serde_json::Map::from_iter([("email".to_owned(), "b".into())]);
    let list = HrisListEmployeesRequest::builder().x_account_id("a").proxy(proxy).build();
    let request = list.to_http_request().unwrap();
    assert_eq!(request.uri(), &Uri::from_static("/unified/hris/employees?proxy%5Bemail%5D=b"));
}

#[tokio::test(start_paused = true)]
async fn fault_12_a_redirect_is_not_followed() {
    let moved = Server::new(|_| {
        let mut response = answer(302, "")?;
        response.headers_mut().insert(LOCATION, "https://elsewhere.example/x?token=1".parse().unwrap());
        Ok(response)
    });
    let error = moved.client.send(create()).await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::FOUND));
    assert_eq!(moved.requests(), 1);
    assert!(error.to_string().contains("elsewhere.example") && !error.to_string().contains("token"), "{error}");
}
