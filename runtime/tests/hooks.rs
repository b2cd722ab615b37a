//! What a hook is told about calls and attempts.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use stackone::{
    CallId, Client, ErrorKind, TimeoutKind,
    hook::{CallInfo, Hook, Outcome},
};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use support::{Get, GetFile, Post, Reply, Server, THING, piece};

/// Writes down what it is told.
#[derive(Default)]
struct Notes {
    lines: Mutex<Vec<String>>,
    ids: Mutex<Vec<CallId>>,
}

impl Notes {
    fn add(&self, call: &CallInfo<'_>, line: String) {
        self.lines.lock().unwrap().push(line);
        self.ids.lock().unwrap().push(call.id());
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.lines.lock().unwrap())
    }
}

fn describe(outcome: &Outcome<'_>) -> String {
    let status = outcome.status().map_or(0, |status| status.as_u16());
    let error = outcome.error_type().unwrap_or_default();
    assert_eq!(outcome.is_success(), error.is_empty());
    assert_eq!(outcome.is_dropped(), error == "dropped");
    assert_eq!(outcome.error().is_some(), !outcome.is_success() && !outcome.is_dropped());
    let (heartbeats, elapsed) = (outcome.heartbeats(), outcome.elapsed().as_secs());
    format!("status {status} error '{error}' attempts {} beats {heartbeats} {elapsed} s", outcome.attempts())
}

impl Hook for Notes {
    fn call_started(&self, call: &CallInfo<'_>) {
        self.add(call, format!("{} at {}:{}", call.metadata().id(), call.server_address(), call.server_port()));
    }

    fn attempt_started(&self, call: &CallInfo<'_>, number: u32) {
        self.add(call, format!("attempt {number}"));
    }

    fn attempt_ended(&self, call: &CallInfo<'_>, number: u32, outcome: &Outcome<'_>) {
        self.add(call, format!("attempt {number}: {}", describe(outcome)));
    }

    fn call_ended(&self, call: &CallInfo<'_>, outcome: &Outcome<'_>) {
        let request_id = outcome.request_id().unwrap_or("-");
        self.add(call, format!("call: {}, request {request_id}", describe(outcome)));
    }
}

fn client(server: &Server) -> (Client, Arc<Notes>) {
    let notes = Arc::new(Notes::default());
    let client = server.client_with(|builder| builder.hook(Arc::clone(&notes)));
    (client, notes)
}

#[tokio::test(start_paused = true)]
async fn a_call_with_a_retry_has_two_attempts() {
    let server = Server::new([
        Reply::new(429, "{}").header("retry-after", "0"),
        Reply::pieces(201, vec![piece(2_000, "\n"), piece(2_000, THING)]).header("x-request-id", "r1"),
    ]);
    let (client, notes) = client(&server);
    client.send(Post::default()).await.unwrap();
    let ids = notes.ids.lock().unwrap().clone();
    assert!(ids.iter().all(|id| *id == ids[0]));
    let lines = notes.take();
    assert_eq!(
        lines[..4],
        [
            "create_thing at 127.0.0.1:1",
            "attempt 1",
            "attempt 1: status 429 error '429' attempts 1 beats 0 0 s",
            "attempt 2",
        ]
    );
    assert_eq!(lines[4], "attempt 2: status 201 error '' attempts 2 beats 1 4 s");
    // With the jitter of `Retry-After`, which is up to a second.
    assert!(lines[5].starts_with("call: status 201 error '' attempts 2 beats 1 "), "{lines:?}");
    assert!(lines[5].ends_with(", request r1") && lines.len() == 6);
}

#[tokio::test(start_paused = true)]
async fn each_kind_of_error_has_its_type() {
    let cases = [
        (Reply::Refused, "status 0 error 'connect' attempts 1 beats 0 0 s"),
        (Reply::Lost, "status 0 error 'transport' attempts 1 beats 0 0 s"),
        (Reply::Hang, "status 0 error 'header_timeout' attempts 1 beats 0 75 s"),
        (
            Reply::pieces(200, vec![piece(1_000, "\n"), (0, None)]),
            "status 200 error 'truncated' attempts 1 beats 1 1 s",
        ),
        (Reply::new(404, "{}"), "status 404 error '404' attempts 1 beats 0 0 s"),
        (Reply::new(200, r#"{"statusCode":409,"message":"m"}"#), "status 200 error '409' attempts 1 beats 0 0 s"),
    ];
    for (reply, expected) in cases {
        let (client, notes) = client(&Server::new([reply]));
        client.send(Post::default()).no_retry().await.unwrap_err();
        let lines = notes.take();
        assert_eq!(lines[2], format!("attempt 1: {expected}"));
        assert_eq!(lines[3], format!("call: {expected}, request -"));
    }
}

/// The attempt succeeds, and the call does not.
#[tokio::test(start_paused = true)]
async fn a_value_that_cannot_be_decoded_is_an_error_of_the_call() {
    let (client, notes) = client(&Server::new([Reply::new(200, r#"{"id":1}"#)]));
    client.send(Get::default()).await.unwrap_err();
    let lines = notes.take();
    assert_eq!(lines[2], "attempt 1: status 200 error '' attempts 1 beats 0 0 s");
    assert_eq!(lines[3], "call: status 200 error 'decode' attempts 1 beats 0 0 s, request -");
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_ends() {
    let (client, notes) = client(&Server::new([Reply::Hang]));
    let call = IntoFuture::into_future(client.send(Post::default()));
    assert!(tokio::time::timeout(Duration::from_secs(5), call).await.is_err());
    let lines = notes.take();
    assert_eq!(lines[2], "attempt 1: status 0 error 'dropped' attempts 1 beats 0 5 s");
    assert_eq!(lines[3], "call: status 0 error 'dropped' attempts 1 beats 0 5 s, request -");
}

/// It is dropped during the wait before the retry.
#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_between_attempts_ends_once() {
    let (client, notes) = client(&Server::new([Reply::new(429, "").header("retry-after", "30")]));
    let call = IntoFuture::into_future(client.send(Post::default()));
    assert!(tokio::time::timeout(Duration::from_secs(5), call).await.is_err());
    let lines = notes.take();
    assert_eq!(lines[2], "attempt 1: status 429 error '429' attempts 1 beats 0 0 s");
    assert_eq!(lines[3..], ["call: status 0 error 'dropped' attempts 1 beats 0 5 s, request -"]);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_never_polled_does_not_start() {
    let (client, notes) = client(&Server::new([]));
    drop(IntoFuture::into_future(client.send(Post::default())));
    assert!(notes.take().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_call_that_cannot_be_sent_has_no_attempts() {
    let (client, notes) = client(&Server::new([]));
    let operation = Get { accept: Some("\n".into()), ..Get::default() };
    let error = client.send(operation).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert_eq!(notes.take()[1..], ["call: status 0 error 'build' attempts 0 beats 0 0 s, request -"]);
    client.send(Get::default()).base_url("nowhere").await.unwrap_err();
    assert_eq!(notes.take()[1..], ["call: status 0 error 'config' attempts 0 beats 0 0 s, request -"]);
}

#[tokio::test(start_paused = true)]
async fn the_server_of_a_call_is_that_of_its_base_url() {
    let (client, notes) = client(&Server::new([Reply::thing(), Reply::thing()]));
    client.send(Get::default()).base_url("https://[::1]/v1").await.unwrap();
    assert_eq!(notes.take()[0], "get_thing at ::1:443");
    client.send(Get::default()).base_url("http://api.example.com").await.unwrap();
    assert_eq!(notes.take()[0], "get_thing at api.example.com:80");
}

#[tokio::test(start_paused = true)]
async fn the_call_of_a_download_ends_with_the_headers() {
    let (client, notes) = client(&Server::new([Reply::pieces(200, vec![piece(9_000, "abc")])]));
    let file = client.send(GetFile::default()).await.unwrap();
    assert_eq!(notes.take().last().unwrap(), "call: status 200 error '' attempts 1 beats 0 0 s, request -");
    drop(file);
    assert!(notes.take().is_empty());
}

#[tokio::test(start_paused = true)]
async fn hooks_and_callers_see_the_same_numbers() {
    let (client, notes) = client(&Server::new([Reply::Hang]));
    let error = client.send(Post::default()).timeout(Duration::from_secs(9)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Overall));
    assert_eq!((error.attempts(), error.elapsed()), (1, Duration::from_secs(9)));
    assert_eq!(notes.take()[3], "call: status 0 error 'timeout' attempts 1 beats 0 9 s, request -");
}
