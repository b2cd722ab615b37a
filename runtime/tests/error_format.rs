//! How other APIs report errors.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use serde_json::Value;
use stackone::{
    Client, ErrorFormat, ErrorKind,
    credentials::{Credentials, CredentialsSource},
    stackone_operation,
};
use support::{BoxError, Get, Post, PostIgnored, Proxy, Reply, Server, THING, piece};

#[stackone_operation(method = "POST", path = "/chat.postMessage", response = Value)]
#[derive(Debug)]
struct PostMessage;

#[stackone_operation(method = "GET", path = "/conversations.list", response = Value)]
#[derive(Debug)]
struct ListConversations;

fn slack() -> ErrorFormat {
    ErrorFormat::http()
        .error_envelope("ok", |ok| ok.as_bool() == Some(false))
        .message("/error")
        .code("/error")
        .status_of_code(|code| match code {
            "ratelimited" => Some(429),
            "invalid_auth" => Some(401),
            "fatal_error" => Some(503),
            "odd" => None,
            "not_a_status" => Some(9999),
            _ => Some(400),
        })
        .request_id_header("x-slack-req-id")
}

fn client(server: &Server, format: ErrorFormat) -> Client {
    server.client_with(|builder| builder.error_format(format))
}

fn slack_error(code: &str) -> Reply {
    Reply::new(200, format!(r#"{{"error":"{code}","detail":"less useful","ok":false}}"#))
        .header("x-slack-req-id", "req-1")
}

#[tokio::test(start_paused = true)]
async fn an_error_under_200_is_an_error() {
    let server = Server::new([slack_error("channel_not_found"), slack_error("odd"), slack_error("not_a_status")]);
    let client = client(&server, slack());
    let error = client.send(PostMessage).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    let api = error.api().unwrap();
    assert_eq!(
        (api.status().as_u16(), api.code(), api.message()),
        (400, Some("channel_not_found"), "channel_not_found")
    );
    assert_eq!((error.request_id(), error.outcome_unknown(), error.attempts()), (Some("req-1"), false, 1));
    assert_eq!(
        error.to_string(),
        "post_message: 400 Bad Request: channel_not_found, sent under a success status (request id req-1)"
    );
    for code in ["odd", "not_a_status"] {
        let error = client.send(PostMessage).await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.api().unwrap().code()), (200, Some(code)));
        assert!(error.outcome_unknown(), "the status does not say that nothing happened");
        assert!(error.to_string().contains(&format!("200 OK: {code}, sent under a success status")), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_success_has_its_request_id() {
    let server = Server::new([Reply::new(200, r#"{"ok":true,"error":null}"#).header("x-slack-req-id", "req-2")]);
    let response = client(&server, slack()).send(PostMessage).await.unwrap();
    assert_eq!((response.request_id(), response.value["ok"].as_bool()), (Some("req-2"), Some(true)));
}

#[tokio::test(start_paused = true)]
async fn an_error_under_200_is_found_after_heartbeats_and_in_ignored_bodies() {
    let body = r#"{"ok":false,"error":"channel_not_found"}"#;
    let pieces = vec![piece(0, "\n"), piece(1000, "\n"), piece(10, body)];
    let server = Server::new([Reply::pieces(200, pieces), Reply::new(200, body)]);
    let client = client(&server, slack());
    let error = client.send(PostMessage).await.unwrap_err();
    assert_eq!((error.heartbeats(), error.api().unwrap().code()), (2, Some("channel_not_found")));
    assert_eq!(client.send(PostIgnored::default()).await.unwrap_err().status().unwrap(), 400);
}

#[tokio::test(start_paused = true)]
async fn after_an_error_under_200_only_reads_are_sent_again() {
    for code in ["ratelimited", "fatal_error"] {
        let server = Server::new([slack_error(code), Reply::new(200, r#"{"ok":true}"#), slack_error(code)]);
        let client = client(&server, slack());
        assert_eq!(client.send(ListConversations).await.unwrap().attempts(), 2);
        assert_eq!(client.send(PostMessage).await.unwrap_err().attempts(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_code_can_ask_for_other_credentials() {
    struct Rotating;
    impl CredentialsSource for Rotating {
        async fn credentials(&self, refused: Option<&Credentials>) -> Result<Credentials, BoxError> {
            Ok(Credentials::bearer(if refused.is_some() { "second" } else { "first" }))
        }
    }
    let server = Server::new([slack_error("invalid_auth"), Reply::new(200, r#"{"ok":true}"#)]);
    client(&server, slack()).send(ListConversations).credentials(Rotating).await.unwrap();
    assert_eq!(server.request(1).headers()["authorization"], "Bearer second");
}

#[tokio::test(start_paused = true)]
async fn only_the_format_decides_what_a_success_is() {
    let stackone = r#"{"statusCode":422,"message":"a log entry","id":"1"}"#;
    let slack_like = r#"{"ok":false,"id":"1"}"#;
    let formats = [(ErrorFormat::stackone(), true, false), (ErrorFormat::http(), false, false), (slack(), false, true)];
    for (format, fails_stackone, fails_slack) in formats {
        for (body, fails) in [(stackone, fails_stackone), (slack_like, fails_slack)] {
            let server = Server::new([Reply::new(200, body), Reply::new(200, body), Reply::new(200, body)]);
            let client = client(&server, format.clone());
            assert_eq!(client.send(Post::default()).await.is_err(), fails, "{format:?} {body}");
            assert_eq!(client.send(PostIgnored::default()).await.is_err(), fails, "{format:?} {body}");
            // `passthrough` opts out of every format.
            assert_eq!(client.send(Proxy::default()).await.unwrap().value["id"], "1");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_default_is_the_format_of_stackone_and_a_call_can_have_another() {
    let body = r#"{"statusCode":422,"message":"m","id":"1"}"#;
    let server = Server::new([Reply::new(200, body), Reply::new(200, body)]);
    assert_eq!(server.client().send(Post::default()).await.unwrap_err().status().unwrap(), 422);
    let call = server.client().send(Post::default()).error_format(ErrorFormat::http());
    assert_eq!(call.await.unwrap().value.id, "1");
}

#[tokio::test(start_paused = true)]
async fn half_a_document_is_truncated_in_every_format() {
    for format in [ErrorFormat::stackone(), ErrorFormat::http(), slack()] {
        for body in [r#"{"id":"#, r#"{"ok":false,"error":"#, r#"{"statusCode":422,"message":"m""#] {
            let server =
                Server::new([Reply::new(200, body), Reply::thing(), Reply::new(200, body), Reply::new(200, body)]);
            let client = client(&server, format.clone());
            assert_eq!(client.send(Get::default()).await.unwrap().attempts(), 2);
            assert_eq!(client.send(Post::default()).await.unwrap_err().kind(), ErrorKind::Truncated);
            assert_eq!(client.send(PostIgnored::default()).await.unwrap_err().kind(), ErrorKind::Truncated);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn error_responses_are_read_where_the_format_says_and_leniently_elsewhere() {
    /// The body, its code, its request id, and its message.
    type Case = (&'static str, Option<&'static str>, Option<&'static str>, &'static str);
    // Stripe.
    let format = ErrorFormat::http()
        .message("/error/message")
        .code("/error/code")
        .request_id("/error/request")
        .request_id_header("request-id");
    let bodies: [Case; 6] = [
        (
            r#"{"message":"outer","error":{"code":"card_declined","message":"declined","request":"req_1"}}"#,
            Some("card_declined"),
            Some("req_1"),
            "declined",
        ),
        (r#"{"error":{"code":7,"message":["a","b"]}}"#, Some("7"), None, "a; b"),
        (r#"{"error":"text"}"#, None, None, "text"),
        (r#"{"error":{"message":"kept","code":"cut"},"data":["#, Some("cut"), None, "kept"),
        ("<title>Gateway</title>", None, None, "Gateway"),
        ("", None, None, "Payment Required"),
    ];
    for (body, code, request_id, message) in bodies {
        let server = Server::new([Reply::new(402, body)]);
        let error = client(&server, format.clone()).send(Post::default()).await.unwrap_err();
        let api = error.api().unwrap();
        assert_eq!((api.status().as_u16(), api.code(), api.message()), (402, code, message), "{body}");
        assert_eq!((api.request_id(), error.request_id()), (request_id, request_id), "{body}");
    }
    let body = r#"{"error":{"message":"m","request":"in-body"}}"#;
    let server = Server::new([Reply::new(402, body).header("request-id", "in-head").header("x-request-id", "proxy")]);
    let error = client(&server, format).send(Post::default()).await.unwrap_err();
    assert_eq!(error.request_id(), Some("in-head"));
}

#[tokio::test(start_paused = true)]
async fn a_status_line_is_not_replaced_by_a_code() {
    let server = Server::new([Reply::new(500, r#"{"ok":false,"error":"ratelimited"}"#)]);
    let error = client(&server, slack()).send(PostMessage).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 500);
}

#[tokio::test(start_paused = true)]
async fn the_format_says_which_statuses_are_retried() {
    let with_500 = || ErrorFormat::http().retry_statuses([429, 500]);
    let none = || ErrorFormat::http().retry_statuses([]);
    // The format, the status, and the attempts of a read and of a write.
    let cases = [
        (with_500(), 500, 2, 1),
        (with_500(), 429, 2, 2),
        (with_500(), 503, 1, 1),
        (none(), 429, 1, 1),
        (ErrorFormat::http(), 500, 1, 1),
        (ErrorFormat::http(), 503, 2, 1),
    ];
    for (format, status, reads, writes) in cases {
        let reply = |attempts| if attempts == 1 { Reply::new(status, "") } else { Reply::thing() };
        let read = Server::new([Reply::new(status, ""), reply(reads)]);
        let _ = client(&read, format.clone()).send(Get::default()).await;
        let write = Server::new([Reply::new(status, ""), reply(writes)]);
        let _ = client(&write, format.clone()).send(Post::default()).await;
        assert_eq!((read.attempts(), write.attempts()), (reads, writes), "{format:?} {status}");
    }
}

#[test]
fn an_invalid_format_is_an_error_of_the_builder() {
    for format in [
        ErrorFormat::http().message("error"),
        ErrorFormat::http().code("error.code"),
        ErrorFormat::http().request_id(""),
        ErrorFormat::http().request_id_header("a b"),
    ] {
        let error = Client::builder().error_format(format).build_with(Server::new([])).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains("`error_format`"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_document_that_is_no_object_is_a_success() {
    #[stackone_operation(method = "GET", path = "/any", response = Value)]
    struct GetAny;
    for body in ["[{\"ok\":false}]", "false", "\"ok\"", "1", THING] {
        let server = Server::new([Reply::new(200, body)]);
        assert!(client(&server, slack()).send(GetAny).await.is_ok(), "{body}");
    }
}
