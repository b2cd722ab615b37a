//! Sending and receiving, over a scripted server.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use bytes::Bytes;
use stackone::{Client, ErrorKind, Prefer, heartbeat::Heartbeats, stackone_operation};
use std::{future::IntoFuture, sync::Arc};
use support::{
    BODY, Get, GetBytes, GetFile, GetMaybe, GetText, Patch, Post, PostIgnored, PostMaybe, PostThings, PostUnit, Proxy,
    Reply, Server, THING, Thing, Undeclared, piece,
};

/// A request with preferences.
fn preferring(prefer: &str) -> Get {
    Get { prefer: Some(prefer.parse().unwrap()), ..Get::default() }
}

#[tokio::test(start_paused = true)]
async fn a_response_has_its_status_and_headers() {
    let server = Server::new([Reply::new(200, format!("\n\n{THING}\n")).header("x-request-id", "req-7")]);
    let thing = server.client().send(Get::default()).await.unwrap();
    assert_eq!(thing.value.id, "1");
    assert_eq!(thing.status(), 200);
    assert_eq!(thing.heartbeats(), 2);
    assert_eq!(thing.attempts(), 1);
    assert_eq!(thing.request_id(), Some("req-7"));
    assert_eq!(thing.headers()["x-request-id"], "req-7");
    assert_eq!(thing.value, Thing { id: "1".into() });
}

#[tokio::test(start_paused = true)]
async fn requests_get_credentials_and_the_base_url() {
    let server = Server::new([Reply::thing()]);
    let client = server.client_with(|builder| {
        builder
            .base_url("https://host.example:8443/base/")
            .default_header("x-team", "a")
            .default_header("accept", "x/y")
    });
    let operation = Post { accept: Some("application/json".to_owned()), ..Post::default() };
    client.send(operation).header("x-call", "b").await.unwrap();
    let request = server.request(0);
    assert_eq!(request.uri(), "https://host.example:8443/base/things");
    assert_eq!(request.method(), "POST");
    assert_eq!(request.body(), BODY);
    assert_eq!(request.headers()["authorization"], "Basic a2V5LXNlY3JldDo=");
    assert!(request.headers()["authorization"].is_sensitive());
    assert!(request.headers()["user-agent"].to_str().unwrap().starts_with("stackone-rust/"));
    assert_eq!(
        (&request.headers()["x-team"], &request.headers()["x-call"]),
        (&"a".parse().unwrap(), &"b".parse().unwrap())
    );
    assert_eq!(request.headers()["accept"], "application/json", "a default never replaces the operation's own");
}

#[tokio::test(start_paused = true)]
async fn the_authorization_of_a_request_is_kept() {
    let server = Server::new([Reply::thing(), Reply::thing()]);
    let client = server.client();
    client.send(Get { authorization: Some("Bearer own".to_owned()), ..Get::default() }).await.unwrap();
    client.send(Get::default()).header("authorization", "Bearer call").await.unwrap();
    assert_eq!(server.request(0).headers()["authorization"], "Bearer own");
    assert_eq!(server.request(1).headers()["authorization"], "Bearer call");
    assert!((0..2).all(|index| server.request(index).headers()["authorization"].is_sensitive()));
}

#[tokio::test(start_paused = true)]
async fn a_call_overrides_the_settings_of_its_client() {
    let server = Server::new([Reply::thing(), Reply::thing()]);
    let client = server.client();
    client.send(Get::default()).base_url("http://other.example/v2").header("user-agent", "me").await.unwrap();
    client.send(Get::default()).await.unwrap();
    assert_eq!(server.request(0).uri(), "http://other.example/v2/things");
    assert_eq!(server.request(0).headers()["user-agent"], "me");
    assert_eq!(server.request(1).uri(), "http://127.0.0.1:1/things");
}

#[tokio::test(start_paused = true)]
async fn an_invalid_setting_is_named() {
    let server = Server::new([]);
    let wrong = [
        server.client().send(Get::default()).base_url("nowhere").await.unwrap_err(),
        server.client().send(Get::default()).header("a b", "c").await.unwrap_err(),
        server.client().send(Get::default()).header("x-a", "line\nbreak").await.unwrap_err(),
        server.client().send(Get::default()).header("Content-Length", "1").await.unwrap_err(),
        Client::builder().base_url("https://u:p@host").build_with(server.clone()).unwrap_err(),
        Client::builder().base_url("https://host/?a=b").build_with(server.clone()).unwrap_err(),
        Client::builder().base_url("https://host:99999").build_with(server.clone()).unwrap_err(),
        Client::builder().api_key("").build_with(server.clone()).unwrap_err(),
        Client::builder().user_agent("a\u{0}").build_with(server.clone()).unwrap_err(),
    ];
    let settings =
        ["base_url", "header", "x-a", "content-length", "base_url", "base_url", "base_url", "api_key", "user-agent"];
    for (error, setting) in wrong.iter().zip(settings) {
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains(setting), "{error}");
        assert!(!error.outcome_unknown() && !error.is_retryable());
    }
    assert_eq!(server.attempts(), 0);
}

#[tokio::test(start_paused = true)]
async fn headers_set_at_run_time_follow_the_rules_of_declared_headers() {
    let refused = [
        ("x-a", " secret"),
        ("x-a", "secret\t"),
        ("x-a", " "),
        ("user-agent", "secret "),
        ("X-Account-Id", ""),
        ("connection", "secret"),
        ("content-length", "1"),
        ("expect", "100-continue"),
        ("host", "secret"),
        ("http2-settings", "secret"),
        ("keep-alive", "secret"),
        ("Proxy-Authorization", "secret"),
        ("proxy-connection", "secret"),
        ("te", "trailers"),
        ("trailer", "secret"),
        ("transfer-encoding", "chunked"),
        ("upgrade", "secret"),
    ];
    let server = Server::new([Reply::thing()]);
    let client = server.client();
    for (name, value) in refused {
        let errors = [
            client.send(Get::default()).header(name, value).await.unwrap_err(),
            Client::builder().default_header(name, value).build_with(server.clone()).unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.kind(), ErrorKind::Config);
            let message = error.to_string();
            assert!(
                message.contains(&format!("`{}`", name.to_lowercase())) && !message.contains("secret"),
                "{message}"
            );
        }
    }
    assert!(Client::builder().user_agent("me ").build_with(server.clone()).is_err());
    client.send(Get::default()).header("x-empty", "").header("x-text", "\u{e9}").await.unwrap();
    assert_eq!(server.header("x-empty").unwrap(), "");
    assert_eq!(server.request(0).headers()["x-text"], "\u{e9}".as_bytes());
}

#[tokio::test(start_paused = true)]
async fn secrets_set_at_run_time_are_sensitive() {
    const DECLARED: &str = "x-stackone-api-session-token";
    let server = Server::new([Reply::thing(), Reply::thing(), Reply::thing()]);
    let names = ["authorization", "cookie", DECLARED, "x-open"];
    let client = server.client_with(|builder| names.into_iter().fold(builder, |to, name| to.default_header(name, "a")));
    client.send(Get::default()).await.unwrap();
    let call = server.client().send(Get::default());
    names.into_iter().fold(call, |call, name| call.header(name, "a")).await.unwrap();
    client.send(Undeclared).await.unwrap();
    for (index, declared) in [true, true, false].into_iter().enumerate() {
        let request = server.request(index);
        let sensitive = names.map(|name| request.headers()[name].is_sensitive());
        assert_eq!(sensitive, [true, true, declared, false], "{index}");
    }
}

#[tokio::test(start_paused = true)]
async fn any_success_status_is_a_success() {
    for status in [200, 201, 202, 203, 206, 299] {
        let server = Server::new([Reply::new(status, THING)]);
        assert_eq!(server.client().send(Post::default()).await.unwrap().status(), status);
    }
}

#[tokio::test(start_paused = true)]
async fn a_response_may_be_empty_if_its_type_has_a_value_for_it() {
    for reply in
        [|| Reply::new(204, ""), || Reply::new(200, ""), || Reply::new(200, "\n\n"), || Reply::new(200, "\nnull")]
    {
        assert_eq!(Server::new([reply()]).client().send(GetMaybe::default()).await.unwrap().value, None);
        Server::new([reply()]).client().send(PostUnit::default()).await.unwrap();
    }
    let server = Server::new([Reply::new(204, "")]);
    let error = server.client().send(Post::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Decode, 204));
    assert!(error.outcome_unknown(), "the write has happened");
}

#[tokio::test(start_paused = true)]
async fn an_error_envelope_under_a_success_is_that_error() {
    let envelope = r#"{"statusCode":422,"message":"no such course","timestamp":"2026-01-01T00:00:00.000Z"}"#;
    for status in [200, 201] {
        let server = Server::new([Reply::new(status, format!("\n\n{envelope}"))]);
        let error = server.client().send(Patch::default()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Api);
        assert_eq!(error.status().unwrap(), 422);
        assert_eq!(error.api().unwrap().message(), "no such course");
        assert_eq!(error.heartbeats(), 2);
        assert_eq!(error.raw_body().unwrap(), envelope);
        assert!(error.to_string().contains("sent under a success status"), "{error}");
        assert!(!error.outcome_unknown());
    }
    let server = Server::new([Reply::new(200, envelope), Reply::new(200, envelope)]);
    let error = server.client().send(PostIgnored::default()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 422);
    let value = server.client().send(Proxy::default()).await.unwrap();
    assert_eq!(value.value["statusCode"], 422, "the provider's own");
}

#[tokio::test(start_paused = true)]
async fn an_ignored_body_is_not_decoded() {
    let bodies: [&[u8]; 5] = [b"", b"\n\n", b"<html>", b"\xFF\xFE", &vec![b'x'; 100_000]];
    for body in bodies {
        Server::new([Reply::new(200, Bytes::copy_from_slice(body))])
            .client()
            .send(PostIgnored::default())
            .await
            .unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_malformed_error_envelope_is_an_error() {
    let long = format!(r#"{{"data":"{}","statusCode":422,"message":"m"}}"#, "x".repeat(100_000));
    let bodies: [(&[u8], &str); 6] = [
        (long.as_bytes(), "m"),
        (br#"{"statusCode":422,"message":"a \ud83d"}"#, "a \u{FFFD}"),
        (b"{\"statusCode\":422,\"message\":\"caf\xE9\"}", "caf\u{FFFD}"),
        (br#"{"statusCode":4.22e2,"message":"m"}"#, "m"),
        (br#"{"statusCode":422,"message":true,"error":"Unprocessable"}"#, "Unprocessable"),
        (b"{\"statusCode\":422,\"message\":\"m\"}\n}", "m"),
    ];
    for (body, message) in bodies {
        let server = Server::new([(); 2].map(|()| Reply::new(200, Bytes::copy_from_slice(body))));
        let client = server.client_with(|builder| builder.max_error_body(9));
        let errors = [
            client.send(PostIgnored::default()).await.unwrap_err(),
            client.send(PostMaybe::default()).await.unwrap_err(),
        ];
        for error in errors {
            let body = String::from_utf8_lossy(&body[..body.len().min(50)]);
            assert_eq!(error.status().unwrap(), 422, "{body}: {error}");
            assert_eq!(error.api().unwrap().message(), message, "{body}");
            assert_eq!(error.raw_body().unwrap().len(), 9);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn half_an_error_envelope_is_not_a_success() {
    let envelope = r#"{"statusCode":422,"message":"m"}"#;
    for end in 1..envelope.len() {
        let server = Server::new([Reply::new(200, &envelope[..end])]);
        let error = server.client().send(PostIgnored::default()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Truncated, "{end}");
        assert!(error.outcome_unknown());
    }
    let server = Server::new([Reply::new(200, envelope)]);
    let error = server.client().send(PostIgnored::default()).max_body(20).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
}

#[tokio::test(start_paused = true)]
async fn an_ignored_body_may_exceed_the_limit() {
    let server = Server::new([Reply::new(200, "[1,2,3]")]);
    server.client().send(PostIgnored::default()).max_body(3).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn text_and_bytes_are_not_changed() {
    let server =
        Server::new([Reply::new(200, "\n\ntext\n"), Reply::new(200, &b"\n\xFF\n"[..]), Reply::new(200, &b"\xFF"[..])]);
    let client = server.client();
    assert_eq!(client.send(GetText::default()).await.unwrap().value, "\n\ntext\n");
    assert_eq!(client.send(GetBytes::default()).await.unwrap().value, &b"\n\xFF\n"[..]);
    let error = client.send(GetText::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.raw_body().unwrap(), &b"\xFF"[..]);
}

#[tokio::test(start_paused = true)]
async fn a_download_is_streamed_beyond_the_overall_timeout() {
    let pieces = (0..100).map(|_| piece(60_000, "\n123456789")).collect();
    let server = Server::new([Reply::pieces(200, pieces)]);
    let mut file = server.client_with(|builder| builder.max_body(10)).send(GetFile::default()).await.unwrap();
    let mut length = 0;
    while let Some(chunk) = file.value.try_next().await.unwrap() {
        assert_eq!(chunk, "\n123456789");
        length += chunk.len();
    }
    assert_eq!(length, 1000);
    assert!(file.value.try_next().await.unwrap().is_none());
}

#[tokio::test(start_paused = true)]
async fn a_cut_download_is_an_error() {
    let server = Server::new([
        Reply::pieces(200, vec![piece(0, "abc"), (0, None)]),
        Reply::pieces(200, vec![piece(0, "abc"), piece(80_000, "abc")]),
        Reply::new(404, r#"{"message":"no such file"}"#),
    ]);
    let client = server.client();
    let mut file = client.send(GetFile::default()).await.unwrap().value;
    assert!(file.try_next().await.is_ok());
    assert_eq!(file.try_next().await.unwrap_err().kind(), ErrorKind::Truncated);
    assert!(file.try_next().await.unwrap().is_none());
    let mut file = client.send(GetFile::default()).await.unwrap().value;
    assert!(file.try_next().await.is_ok());
    let error = file.try_next().await.unwrap_err();
    assert!(error.is_timeout() && error.to_string().contains("idle_timeout"), "{error}");
    assert_eq!(client.send(GetFile::default()).await.unwrap_err().api().unwrap().message(), "no such file");
}

#[tokio::test(start_paused = true)]
async fn decoding_errors_name_the_field() {
    let body = r#"{"data":[{"id":"1"},{"id":2}]}"#;
    let server = Server::new([Reply::new(201, body).header("x-request-id", "r")]);
    let error = server.client().send(PostThings::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.response_path(), Some("data[1].id"));
    assert_eq!(error.status().unwrap(), 201);
    assert_eq!(error.request_id(), Some("r"));
    assert_eq!(error.raw_body().unwrap(), body);
    assert!(error.outcome_unknown(), "the write has happened");
    let line = error.to_string();
    assert!(
        line.starts_with("create_things: the response could not be decoded: `data[1].id`: invalid type: integer `2`"),
        "{line}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_not_json_is_described() {
    const HTML: &str = "text/html; charset=utf-8";
    let page = "<!DOCTYPE html>\n<html><head><title>\n Sign in\n to Acme</title></head><body>..</body></html>";
    let long = "no ".repeat(1000);
    let cases: [(&[u8], Option<&str>, &str); 9] = [
        (
            page.as_bytes(),
            Some(HTML),
            "it is HTML and not JSON (content-type `text/html; charset=utf-8`): Sign in to Acme",
        ),
        (page.as_bytes(), None, "it is HTML and not JSON (no content-type): Sign in to Acme"),
        (
            b"\n\n <html><body><p>Please <b>wait</b></p></body>",
            Some("application/json"),
            "it is HTML and not JSON (content-type `application/json`): Please wait",
        ),
        (
            b"<error><message>quota</message></error>",
            Some("application/xml"),
            "it is not JSON (content-type `application/xml`): quota",
        ),
        (
            b"upstream is\nnot ready",
            Some("text/plain"),
            "it is not JSON (content-type `text/plain`): upstream is not ready",
        ),
        (b"id,name\n1,a", Some("text/csv"), "it is not JSON (content-type `text/csv`): id,name 1,a"),
        (b"\x89PNG\r\n\x1a\n\0\0", Some("image/png"), "it is not JSON (content-type `image/png`)"),
        (b"\xff\xfe", None, "it is not JSON (no content-type): \u{fffd}\u{fffd}"),
        (long.as_bytes(), None, "it is not JSON (no content-type): no no"),
    ];
    for (body, content_type, message) in cases {
        let mut reply = Reply::new(200, body.to_vec());
        if let Some(content_type) = content_type {
            reply = reply.header("content-type", content_type);
        }
        let error = Server::new([reply]).client().send(Post::default()).await.unwrap_err();
        assert_eq!((error.kind(), error.response_path()), (ErrorKind::Decode, None));
        let line = error.to_string();
        assert!(line.starts_with(&format!("create_thing: the response could not be decoded: {message}")), "{line}");
        assert!(line.len() < 250, "{line}");
        assert_eq!(error.raw_body().unwrap(), body.trim_ascii_start());
    }
    // JSON of another shape is JSON, whatever its media type is.
    for body in ["null", "12", "{\"id\":", "{\"id\":one}", "\"text\""] {
        let reply = Reply::new(200, body).header("content-type", HTML);
        let error = Server::new([reply]).client().send(Post::default()).no_retry().await.unwrap_err();
        assert!(!error.to_string().contains("not JSON"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_long_path_in_a_message_is_one_short_line() {
    let key = format!("a\u{85}\u{2028}\u{9b}31m{}", "x".repeat(100_000));
    let body = format!("{{\"{key}\":x}}");
    let error = Server::new([Reply::new(200, body)]).client().send(Post::default()).await.unwrap_err();
    assert_eq!(error.response_path(), Some(&*key));
    let line = error.to_string();
    assert!(line.starts_with("create_thing: the response could not be decoded: `a 31mxxx"), "{line}");
    assert!(line.len() < 1000 && !line.contains(char::is_control), "{line}");
}

#[tokio::test(start_paused = true)]
async fn a_download_keeps_the_transport_until_its_end() {
    let kept = Arc::new(());
    let watched = Arc::downgrade(&kept);
    let server = Server::new([Reply::pieces(200, vec![piece(0, "abc")]), Reply::pieces(200, vec![(0, None)])]);
    let service = tower::service_fn(move |request: http::Request<Bytes>| {
        let (connections, answer) = (Arc::clone(&kept), tower::ServiceExt::oneshot(server.clone(), request));
        async move {
            let answer = answer.await;
            drop(connections);
            answer
        }
    });
    let client = Client::builder().build_with(service).unwrap();
    let mut whole = client.send(GetFile::default()).await.unwrap();
    let mut broken = client.send(GetFile::default()).await.unwrap();
    drop(client);
    while whole.value.try_next().await.unwrap().is_some() {}
    assert!(watched.upgrade().is_some(), "one goes on");
    assert_eq!(broken.value.try_next().await.unwrap_err().kind(), ErrorKind::Truncated);
    assert!(watched.upgrade().is_none());
}

#[tokio::test(start_paused = true)]
async fn invalid_json_is_an_error_with_its_place() {
    let cases: [(&[u8], &str, &str); 4] = [
        (
            b"{\"data\":[{\"id\":\"1\"},{\"id\":\"2\",\"nobody reads\":\"\xE9t\xE9\"}]}",
            "data[1].nobody reads",
            "invalid utf-8 sequence of 1 bytes from index 46",
        ),
        (b"{\"data\":[{\"id\":one}]}", "data[0].id", "expected value at line 1 column 16"),
        // The document may be an error envelope, so that it is parsed.
        (b"{\"a\\nb\":1,\"data\":[{\"id\":one}]}", "data[0].id", "expected value at line 1 column 25"),
        (
            b"{\"data\":[],\"statusCode\":200,\"message\":\"\xE9\"}",
            "message",
            "invalid utf-8 sequence of 1 bytes from index 39",
        ),
    ];
    for (body, field, message) in cases {
        let server = Server::new([Reply::new(200, body)]);
        let error = server.client().send(PostThings::default()).await.unwrap_err();
        let text = String::from_utf8_lossy(body);
        assert_eq!((error.kind(), error.response_path()), (ErrorKind::Decode, Some(field)), "{text}");
        assert_eq!(error.raw_body().unwrap(), body);
        assert!(error.to_string().contains(message), "{text}: {error}");
    }
}

#[tokio::test(start_paused = true)]
async fn errors_of_every_status_are_typed() {
    let outcome_unknown = [302, 303, 408, 500, 502, 503, 504, 599];
    for status in [302, 303, 304, 307, 400, 401, 403, 404, 408, 409, 412, 422, 429, 500, 501, 502, 503, 504, 599] {
        let server = Server::new([Reply::new(status, r#"{"error":"Invalid API key"}"#)]);
        let error = server.client().send(Post::default()).no_retry().await.unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, status));
        assert_eq!(error.api().unwrap().message(), "Invalid API key");
        assert_eq!(error.outcome_unknown(), outcome_unknown.contains(&status), "{status}");
        assert_eq!(error.operation(), Some("create_thing"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_redirect_is_not_followed_and_names_only_the_host() {
    let server = Server::new([Reply::new(307, "").header("location", "https://user:pw@evil.example/x?token=t")]);
    let error = server.client().send(Post::default()).await.unwrap_err();
    assert_eq!(server.attempts(), 1);
    let line = error.to_string();
    assert_eq!(line, "create_thing: 307 Temporary Redirect, a redirect to evil.example, which is not followed");
}

#[tokio::test(start_paused = true)]
async fn an_error_response_keeps_its_status_if_its_body_fails() {
    let huge = format!(r#"{{"message":"first","data":"{}"#, "x".repeat(1 << 20));
    let cases = [
        (Reply::new(500, huge), "first"),
        (Reply::new(500, &b"\n\n\xEF\xBB\xBF{\"message\":\"after beats\"}\n"[..]), "after beats"),
        (Reply::pieces(500, vec![piece(0, r#"{"message":"cut","#), (0, None)]), "cut"),
        (Reply::pieces(500, vec![piece(0, r#"{"message":"stalled","#), piece(3_600_000, "")]), "stalled"),
        (Reply::pieces(500, vec![(0, None)]), "Internal Server Error"),
        (Reply::new(500, "\n<html><title>Oops</title>"), "Oops"),
    ];
    for (reply, message) in cases {
        let error = Server::new([reply]).client().send(Get::default()).await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), error.api().unwrap().message()), (500, message));
        assert!(error.raw_body().unwrap().len() <= 64 << 10);
    }
    let endless = Reply::pieces(503, (0..10_000).map(|_| piece(1_000, "\n")).collect());
    let server = Server::new([endless]);
    let error = server.client().send(Post::default()).timeout(std::time::Duration::from_secs(20)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503, "the deadline does not hide the status");
    let stalled = Reply::pieces(503, vec![piece(0, r#"{"message":"came","#), piece(3_600_000, "")]);
    let call = Server::new([stalled]).client().send(Post::default()).timeout(std::time::Duration::from_secs(20));
    let error = call.await.unwrap_err();
    assert_eq!(error.api().unwrap().message(), "came", "nor what came before it");
    assert_eq!(error.raw_body().unwrap(), r#"{"message":"came","#);
}

#[tokio::test(start_paused = true)]
async fn the_kept_part_of_a_response_has_a_limit() {
    let server = Server::new([Reply::new(200, format!("[{}]", "1,".repeat(100_000)))]);
    let error = server.client().send(Get::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.raw_body().unwrap().len(), 64 << 10);
}

#[tokio::test(start_paused = true)]
async fn the_accept_encoding_of_a_call_is_kept() {
    let server = Server::new([Reply::thing()]);
    server.client().send(preferring("heartbeat")).header("accept-encoding", "gzip").await.unwrap();
    assert_eq!(server.header("accept-encoding").unwrap(), "gzip");
}

#[tokio::test(start_paused = true)]
async fn responses_have_a_size_limit() {
    let server = Server::new([Reply::new(200, THING), Reply::new(200, format!("\n\n\n{THING}"))]);
    let client = server.client();
    let error = client.send(Post::default()).max_body(9).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    assert_eq!(error.raw_body().unwrap(), &THING[..9]);
    assert!(error.to_string().contains("more than 9 bytes (setting `max_body`)"), "{error}");
    client.send(Post::default()).max_body(10).await.expect("heartbeats do not count");
}

#[tokio::test(start_paused = true)]
async fn heartbeats_are_asked_for_by_policy() {
    let cases = [
        (Heartbeats::AsDeclared, None, None),
        (Heartbeats::AsDeclared, Some(""), None),
        (Heartbeats::AsDeclared, Some("wait=10"), Some("wait=10")),
        (Heartbeats::AsDeclared, Some("heartbeat"), Some("heartbeat")),
        (Heartbeats::Always, None, Some("heartbeat")),
        (Heartbeats::Always, Some(""), Some("heartbeat")),
        (Heartbeats::Always, Some("wait=10; foo=\"b a r\""), Some("wait=10; foo=\"b a r\", heartbeat")),
        (Heartbeats::Always, Some("HeartBeat; x=1"), Some("HeartBeat; x=1")),
    ];
    for (policy, own, sent) in cases {
        let server = Server::new([Reply::thing()]);
        let client = server.client_with(|builder| builder.heartbeats(policy));
        client.send(own.map(preferring).unwrap_or_default()).await.unwrap();
        assert_eq!(server.header("prefer").as_deref(), sent, "{policy:?} {own:?}");
        let identity = sent.is_some_and(|sent| sent.to_lowercase().contains("heartbeat"));
        assert_eq!(server.header("accept-encoding").is_some(), identity, "{policy:?} {own:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_unknown_compression_is_named() {
    let server = Server::new([
        Reply::new(200, &b"\x1b\x03"[..]).header("content-encoding", "br"),
        Reply::new(503, &b"\x1b\x03"[..]).header("content-encoding", "br"),
    ]);
    let client = server.client();
    let error = client.send(Post::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().contains("compressed as `br`"), "{error}");
    let error = client.send(Post::default()).await.unwrap_err();
    assert_eq!(error.to_string(), "create_thing: 503 Service Unavailable");
}

#[tokio::test(start_paused = true)]
async fn heartbeats_are_not_asked_for_where_they_are_not_declared() {
    let server = Server::new([Reply::new(200, ""), Reply::new(200, ""), Reply::thing(), Reply::thing()]);
    let client = server.client_with(|builder| builder.heartbeats(Heartbeats::Always));
    client.send(GetFile::default()).await.unwrap();
    client.send(GetText::default()).await.unwrap();
    client.send(Undeclared).await.unwrap();
    client.send(Get::default()).heartbeats(Heartbeats::AsDeclared).await.unwrap();
    for index in 0..4 {
        assert!(!server.request(index).headers().contains_key("prefer"), "{index}");
    }
    let server = Server::new([Reply::thing(), Reply::thing()]);
    let client = server.client_with(|builder| builder.default_header("prefer", "wait=10"));
    client.send(Undeclared).await.unwrap();
    client.send(preferring("heartbeat")).await.unwrap();
    assert!(!server.request(0).headers().contains_key("prefer"));
    assert_eq!(server.request(1).headers()["prefer"], "heartbeat, wait=10");
}

#[tokio::test(start_paused = true)]
async fn the_preference_of_a_call_is_added_to_those_of_the_operation() {
    let server = Server::new([Reply::thing()]);
    let operation = preferring("wait=10; foo=\"b a r\"");
    server.client().send(operation).header("prefer", Prefer::heartbeat().to_string()).await.unwrap();
    assert_eq!(server.header("prefer").unwrap(), "wait=10; foo=\"b a r\", heartbeat");
    assert_eq!(server.header("accept-encoding").unwrap(), "identity");
}

/// An operation whose `prefer` header is any text.
#[stackone_operation(method = "GET", path = "/things", response = Thing)]
struct Preferring {
    #[header(sensitive)]
    prefer: String,
}

#[tokio::test(start_paused = true)]
async fn malformed_preferences_are_kept() {
    let cases: [(&str, &[u8]); 6] = [
        ("wait = 1; note=\u{e9}", b"wait = 1; note=\xe9, wait=2, heartbeat"),
        ("foo=bar baz", b"foo=bar baz, wait=2, heartbeat"),
        ("wait = 1 , foo=bar baz", b"wait = 1 , foo=bar baz, heartbeat"),
        ("a b, HeartBeat", b"a b, HeartBeat, wait=2"),
        ("wait=1; x,heartbeat", b"wait=1; x,heartbeat"),
        ("", b"wait=2, heartbeat"),
    ];
    for (own, sent) in cases {
        let server = Server::new([Reply::thing()]);
        let client = server.client_with(|builder| builder.heartbeats(Heartbeats::Always));
        client.send(Preferring { prefer: own.to_owned() }).header("prefer", "wait=2").await.unwrap();
        let request = server.request(0);
        assert_eq!(request.headers()["prefer"].as_bytes(), sent, "{own}");
        assert!(request.headers()["prefer"].is_sensitive());
        assert_eq!(request.headers()["accept-encoding"], "identity");
    }
}

#[tokio::test(start_paused = true)]
async fn malformed_preferences_set_at_run_time_are_refused() {
    let server = Server::new([Reply::thing()]);
    let client = server.client_with(|builder| builder.default_header("prefer", ""));
    client.send(Get::default()).header("prefer", Prefer::default().to_string()).await.unwrap();
    assert_eq!(server.header("prefer"), None, "an empty list sends nothing");
    for value in ["a b", "wait=1; note=\u{e9}", "a=\"b"] {
        let errors = [
            server.client().send(Get::default()).header("prefer", value).await.unwrap_err(),
            Client::builder().default_header("prefer", value).build_with(server.clone()).unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(error.to_string().contains("`prefer` is not a list of preferences"), "{error}");
        }
    }
}

#[test]
fn futures_and_clients_are_send() {
    fn is_send<T: Send>(_: T) {}
    fn is_send_sync<T: Send + Sync + Clone>(_: &T) {}
    let client = Server::new([]).client();
    is_send_sync(&client);
    is_send(client.send(Get::default()).into_future());
    is_send(client.send(GetFile::default()).into_future());
}

#[stackone_operation(method = "PUT", path = "/things", response = bytes)]
struct PutBytes {
    #[body(content_type = "application/octet-stream")]
    content: Bytes,
}

/// The transport gets the bytes of the operation, in each attempt, and the caller gets those of the transport.
#[tokio::test(start_paused = true)]
async fn bytes_are_not_copied_in_either_direction() {
    let (content, answer) = (Bytes::from(vec![b'x'; 100_000]), Bytes::from(vec![b'y'; 100_000]));
    let server = Server::new([Reply::new(503, ""), Reply::new(200, answer.clone())]);
    let received = server.client().send(PutBytes { content: content.clone() }).await.unwrap().value;
    for attempt in 0..2 {
        assert_eq!(server.request(attempt).body().as_ptr(), content.as_ptr());
    }
    assert_eq!(received.as_ptr(), answer.as_ptr());
    assert_eq!(received, answer);
}
