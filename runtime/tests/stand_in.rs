//! The stand-in for tests, used as a test uses it.
#![cfg(feature = "test")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use serde::{Deserialize, Serialize};
use serde_json::json;
use stackone::{
    Client, ErrorKind, TimeoutKind, stackone_operation,
    test::{Answer, StandIn},
};
use std::{panic::catch_unwind, time::Duration};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct User {
    name: String,
}

#[stackone_operation(method = "GET", path = "/teams/{team}/users/{id}", response = User)]
#[derive(Debug, Clone)]
struct GetUserRequest {
    #[path]
    team: String,
    #[path]
    id: u32,
    #[query]
    fields: Vec<String>,
}

#[stackone_operation(method = "POST", path = "/users", response = User)]
#[derive(Debug, Clone)]
struct CreateUserRequest {
    #[header("x-account-id")]
    account: String,
    #[body]
    user: User,
}

#[stackone_operation(method = "GET", path = "/file", response = download)]
struct GetFileRequest;

#[stackone_operation(method = "DELETE", path = "/file")]
struct DeleteFileRequest;

fn get(id: u32) -> GetUserRequest {
    GetUserRequest::builder().team("a/b").id(id).fields(["x y".to_owned(), "z".to_owned()]).build()
}

fn create(name: &str) -> CreateUserRequest {
    CreateUserRequest::builder().account("acc_1").user(User { name: name.to_owned() }).build()
}

fn ada() -> User {
    User { name: "Ada".to_owned() }
}

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn what_was_sent_can_be_read() {
    let stand_in = StandIn::new();
    let gets = stand_in.expect::<GetUserRequest>(Answer::json(ada()).header("x-request-id", "r"));
    let creates = stand_in.expect::<CreateUserRequest>(Answer::json(json!({"name": "Bob"})).status(201));
    let client = Client::builder().api_key("key").build_with(stand_in.transport()).unwrap();

    let user = client.send(get(7)).await.unwrap();
    assert_eq!(user.request_id(), Some("r"));
    assert_eq!(user.value, ada());
    assert_eq!(client.send(create("Bob")).await.unwrap().status(), 201);

    let [sent] = &gets.sent()[..] else { panic!("one request") };
    assert_eq!((sent.path("team").as_deref(), sent.path("id").as_deref()), (Some("a/b"), Some("7")));
    assert_eq!((sent.path("other"), sent.query("other"), sent.header("other")), (None, None, None));
    let pair = |value: &str| ("fields".to_owned(), value.to_owned());
    assert_eq!(sent.queries(), [pair("x y"), pair("z")]);
    assert_eq!(sent.query("fields").as_deref(), Some("x y"));
    assert_eq!(sent.header("authorization").as_deref(), Some("Basic a2V5Og=="));
    assert_eq!((sent.method().as_str(), sent.uri().host()), ("GET", Some("api.stackone.com")));
    let [sent] = &creates.sent()[..] else { panic!("one request") };
    assert_eq!(sent.json::<User>().name, "Bob");
    assert_eq!(sent.header("x-account-id").as_deref(), Some("acc_1"));
    assert_eq!(stand_in.operations(), ["get_user", "create_user"]);
}

#[tokio::test(start_paused = true)]
async fn a_sequence_answers_the_retries() {
    let stand_in = StandIn::new();
    let gets = stand_in.expect::<GetUserRequest>([
        Answer::not_sent(),
        Answer::error(503, "busy"),
        Answer::lost(),
        Answer::json(ada()).heartbeats(4, 10 * SECOND).delay(SECOND),
    ]);
    let user = stand_in.client().send(get(7)).await.unwrap();
    assert_eq!((user.attempts(), user.heartbeats()), (4, 4));
    let sent = gets.sent();
    assert_eq!(sent.iter().map(stackone::test::Sent::attempt).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert!(sent[0].elapsed().is_zero() && sent[3].elapsed() >= 3 * SECOND);
    assert!(user.elapsed() >= sent[3].elapsed() + 41 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn each_fault_is_the_error_that_a_server_would_cause() {
    let cases = [
        (Answer::error(404, "none"), ErrorKind::Api, false),
        (Answer::error_envelope(422, "bad").heartbeats(2, SECOND), ErrorKind::Api, false),
        (Answer::not_sent(), ErrorKind::Connect, false),
        (Answer::lost(), ErrorKind::Transport, true),
        (Answer::never(), ErrorKind::Timeout(TimeoutKind::Header), true),
        (Answer::json(ada()).heartbeats(2, SECOND).cut_after(0), ErrorKind::Truncated, true),
        (Answer::json(ada()).cut_after(5), ErrorKind::Truncated, true),
        (Answer::json(ada()).stall_after(5), ErrorKind::Timeout(TimeoutKind::Idle), true),
        (Answer::json([1]), ErrorKind::Decode, true),
        (Answer::text("<html>"), ErrorKind::Decode, true),
        (Answer::empty(204), ErrorKind::Decode, true),
    ];
    for (answer, kind, outcome_unknown) in cases {
        let stand_in = StandIn::new();
        stand_in.expect::<CreateUserRequest>(answer.clone());
        let error = stand_in.client().send(create("Ada")).no_retry().await.unwrap_err();
        assert_eq!((error.kind(), error.outcome_unknown()), (kind, outcome_unknown), "{answer:?}: {error}");

        // The error without a client is the same.
        let alone = answer.clone().result::<CreateUserRequest>().unwrap_err();
        assert_eq!(alone.to_string(), error.to_string());
        let facts = |error: &stackone::Error| {
            (
                error.kind(),
                error.outcome_unknown(),
                error.status(),
                error.heartbeats(),
                error.elapsed(),
                error.attempts(),
            )
        };
        assert_eq!(facts(&alone), facts(&error), "{answer:?}");
        assert_eq!(alone.raw_body(), error.raw_body(), "{answer:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn downloads_are_answered() {
    let stand_in = StandIn::new();
    let answers = [Answer::bytes("abc"), Answer::bytes("abc").cut_after(1)];
    stand_in.expect::<GetFileRequest>(answers.clone());
    for answer in answers {
        let sent = stand_in.client().send(GetFileRequest).await.unwrap();
        let mut texts = Vec::new();
        for mut file in [sent, answer.result::<GetFileRequest>().unwrap()] {
            let mut text = String::new();
            let end = loop {
                match file.value.try_next().await {
                    Ok(Some(chunk)) => text.push_str(str::from_utf8(&chunk).unwrap()),
                    Ok(None) => break "end".to_owned(),
                    Err(error) => break error.kind().to_string(),
                }
            };
            texts.push((text, end));
        }
        assert_eq!(texts[0], texts[1]);
    }
}

#[stackone_operation(method = "PUT", path = "/a/{list}/{text}", response = User)]
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct EveryPlaceRequest {
    #[path]
    list: Vec<String>,
    #[path]
    text: String,
    #[query]
    number: Option<f64>,
    #[query("isActive")]
    #[serde(rename = "isActive")]
    active: bool,
    #[query(explode = false)]
    joined: Vec<String>,
    #[query(style = "pipeDelimited")]
    piped: Vec<u8>,
    #[query]
    absent: Option<String>,
    #[query]
    repeated: Vec<String>,
    #[header("x-tags")]
    tags: Vec<String>,
    #[cookie]
    session: String,
    #[body]
    user: Option<User>,
}

#[tokio::test]
async fn an_operation_is_read_back() {
    let stand_in = StandIn::new();
    let text = |text: &str| text.to_owned();
    let full = EveryPlaceRequest {
        list: vec![text("a,b"), text("c d")],
        text: text("50%, é/"),
        number: Some(1.5),
        active: true,
        joined: vec![text("x,y"), text(" ")],
        piped: vec![1, 2],
        absent: None,
        repeated: vec![String::new(), text(" r+")],
        tags: vec![text("t"), text("u")],
        session: text("s"),
        user: Some(ada()),
    };
    let mut sparse = full.clone();
    (sparse.number, sparse.joined, sparse.piped, sparse.user) = (None, Vec::new(), Vec::new(), None);
    let puts = stand_in.expect::<EveryPlaceRequest>([Answer::json(ada()), Answer::json(ada())]);
    for operation in [&full, &sparse] {
        stand_in.client().send(operation).await.unwrap();
    }
    let sent = puts.sent();
    assert_eq!([sent[0].operation(), sent[1].operation()], [full, sparse]);
}

#[tokio::test]
async fn answers_are_computed_from_requests() {
    let stand_in = StandIn::new();
    let first = stand_in.expect::<GetUserRequest>(Answer::error(404, "none"));
    stand_in
        .answer::<GetUserRequest>(|sent| Answer::json(json!({"name": format!("user {}", sent.path("id").unwrap())})));
    let client = stand_in.client();
    assert_eq!(client.send(get(1)).await.unwrap_err().status().unwrap(), 404);
    for id in [2, 3] {
        assert_eq!(client.send(get(id)).await.unwrap().value.name, format!("user {id}"));
    }
    assert_eq!(first.sent().len(), 1);
}

#[tokio::test]
async fn an_unexpected_call_shows_both_sides() {
    let stand_in = StandIn::new();
    stand_in.expect::<GetUserRequest>(Answer::json(ada())).when(|sent| sent.path("id").as_deref() == Some("8"));
    let client = Client::builder().api_key_query("key", "SECRET").build_with(stand_in.transport()).unwrap();

    let error = client.send(get(7)).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 1));
    let message = error.to_string();
    let call = "get_user: GET /teams/a%2Fb/users/7?fields=x y&fields=z&key=..";
    let expectation =
        "get_user: GET /teams/{team}/users/{id} with a condition, 0 of 1 answers used (runtime/tests/stand_in.rs:";
    assert!(message.contains(&format!("did not expect {call}; it expects {expectation}")), "{message}");
    client.send(create("SECRET")).await.unwrap_err();

    let mismatch = stand_in.check().unwrap_err();
    let text = mismatch.to_string();
    let sections: Vec<_> = text.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(
        sections,
        [
            "the calls are not the expected ones",
            "calls that were not expected:",
            "expectations that were not met:",
            "all expectations:",
            "all calls:",
        ]
    );
    for line in [call, expectation, "create_user: POST /users"] {
        assert!(text.contains(&format!("\n  {line}")), "{text}");
    }
    assert!(!text.contains("SECRET") && !format!("{mismatch:?}").contains("SECRET"), "{text}");
}

#[test]
fn an_expectation_that_is_not_met_fails_the_test() {
    let panic = catch_unwind(|| {
        let stand_in = StandIn::new();
        stand_in.expect::<DeleteFileRequest>([Answer::empty(204), Answer::empty(204)]);
    });
    let message = *panic.unwrap_err().downcast::<String>().unwrap();
    assert!(message.contains("delete_file: DELETE /file, 0 of 2 answers used"), "{message}");
    assert!(message.ends_with("all calls: none"), "{message}");
}

#[tokio::test]
async fn an_operation_that_must_not_be_sent_fails_the_test() {
    let stand_in = StandIn::new();
    stand_in.expect::<DeleteFileRequest>([]);
    stand_in.client().send(DeleteFileRequest).await.unwrap_err();
    let mismatch = stand_in.check().unwrap_err().to_string();
    assert!(mismatch.contains("not expected:\n  delete_file: DELETE /file\n"), "{mismatch}");
    let unused = StandIn::new();
    unused.expect::<DeleteFileRequest>([]);
    unused.check().unwrap();
}

/// The reason of a failed assertion is not hidden by the expectations that it left unmet.
#[test]
fn a_failed_test_fails_with_its_own_message() {
    let panic = catch_unwind(|| {
        let stand_in = StandIn::new();
        stand_in.expect::<DeleteFileRequest>(Answer::empty(204));
        panic!("its own");
    });
    assert_eq!(*panic.unwrap_err().downcast::<&str>().unwrap(), "its own");
}

#[test]
fn an_answer_that_no_server_could_give_fails_the_test() {
    let message = |make: fn() -> Answer| {
        let panic = catch_unwind(|| drop(make())).unwrap_err();
        panic.downcast_ref::<String>().cloned().unwrap()
    };
    assert_eq!(message(|| Answer::empty(20)), "`20` is not a status: use a number from 100 to 999");
    assert!(message(|| Answer::lost().status(200)).contains("this answer has none"));
    assert!(message(|| Answer::text("").header("x-a", "a\nb")).contains("`x-a`"));
}

#[tokio::test]
async fn calls_in_parallel_each_get_their_answer() {
    let stand_in = StandIn::new();
    stand_in.answer::<GetUserRequest>(|sent| Answer::json(json!({"name": sent.path("id")})));
    let calls: Vec<_> =
        (0..20).map(|id| tokio::spawn(IntoFuture::into_future(stand_in.client().send(get(id))))).collect();
    for (id, call) in calls.into_iter().enumerate() {
        assert_eq!(call.await.unwrap().unwrap().value.name, id.to_string());
    }
}

#[tokio::test]
async fn an_axum_router_is_a_transport() {
    let handler = |path: axum::extract::Path<(String, u32)>| async move { format!("{{\"name\":\"{}\"}}", path.0.1) };
    let router = axum::Router::new().route("/teams/{team}/users/{id}", axum::routing::get(handler));
    let client = Client::builder().build_with_router(router).unwrap();
    assert_eq!(client.send(get(7)).await.unwrap().value.name, "7");
}
