//! Every type is formatted in every way and searched for secrets.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use stackone::{
    ApiKey, Client, ClientBuilder, Error, Operation,
    heartbeat::HeartbeatBody,
    retry::{FailedAttempt, Retry, RetryBudget},
    transport::NotSent,
};
use std::{
    error::Error as _,
    fmt::Debug,
    future::IntoFuture,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex},
    time::Duration,
};
use support::{Get, GetFile, Post, Reply, Secret, Server, Things, piece};

/// The key, its encoded form, a sensitive header, a request body, and the credentials in a redirect.
const SECRETS: [&str; 6] =
    ["key-secret", "a2V5LXNlY3JldD", "header-secret", "body-secret", "location-secret", "cookie-secret"];

#[derive(Default)]
struct Shown(Vec<String>);

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The panic message of a caller that unwraps a result.
fn panic_of(result: Result<(), Error>) -> String {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let payload = std::panic::catch_unwind(AssertUnwindSafe(|| result.unwrap())).unwrap_err();
    std::panic::set_hook(hook);
    *payload.downcast::<String>().unwrap()
}

impl Shown {
    fn debug(&mut self, value: &impl Debug) {
        self.0.push(format!("{value:?}"));
        self.0.push(format!("{value:#?}"));
    }

    fn error(&mut self, error: &Error) {
        self.0.push(error.to_string());
        self.debug(error);
        if let Some(api) = error.api() {
            self.0.push(api.to_string());
            self.debug(api);
            self.debug(&api.provider_errors());
        }
        let mut source = error.source();
        while let Some(error) = source {
            self.0.push(error.to_string());
            self.debug(&error);
            source = error.source();
        }
    }
}

fn replies() -> Vec<Reply> {
    let thing = support::THING;
    let mut replies = vec![
        Reply::Refused,
        Reply::Lost,
        Reply::Hang,
        Reply::new(200, "\n{\"id\":"),
        Reply::new(200, "\n"),
        Reply::new(200, "{\"id\":2}"),
        Reply::new(200, "x"),
        Reply::new(200, "y".repeat(100)),
        Reply::new(
            200,
            r#"{"statusCode":422,"message":"m","provider_errors":[{"headers":{"set-cookie":"cookie-secret"}}]}"#,
        ),
        Reply::new(307, "").header("location", "https://u:location-secret@h/location-secret?location-secret"),
        Reply::pieces(200, vec![piece(0, "\n"), piece(3_600_000, thing)]),
        Reply::pieces(200, vec![piece(0, "\n"), (0, None)]),
    ];
    replies.extend(
        [400, 401, 403, 404, 429, 500, 502, 503]
            .map(|status| Reply::new(status, r#"{"message":"refused"}"#).header("set-cookie", "cookie-secret")),
    );
    replies
}

#[tokio::test(start_paused = true)]
async fn no_secret_is_ever_shown() {
    let mut shown = Shown::default();
    let operation = Post { session_token: Some("header-secret".to_owned()), ..Post::default() };

    shown.debug(&ApiKey::from("key-secret"));
    shown.debug(&Client::builder().api_key("key-secret").default_header("x-token", "header-secret"));
    for reply in replies() {
        let server = Server::new([reply]);
        let client = server.client_with(|builder| builder.max_body(50).default_header("x-token", "header-secret"));
        shown.debug(&client);
        let call = client.send(operation.clone()).header("x-other", "header-secret").no_retry();
        shown.debug(&call);
        let sending = call.timeout(Duration::from_secs(100)).into_future();
        shown.debug(&sending);
        let error = sending.await.unwrap_err();
        shown.error(&error);
        shown.0.push(panic_of(Err(error)));
    }
    let wrong: [fn(ClientBuilder) -> ClientBuilder; 5] = [
        |builder| builder.api_key("key-secret\n"),
        |builder| builder.api_key("key-secret:"),
        |builder| builder.base_url("https://location-secret:location-secret@host"),
        |builder| builder.default_header("x-token", "header-secret\0"),
        |builder| builder.user_agent("header-secret\0"),
    ];
    for wrong in wrong {
        shown.error(&wrong(Client::builder()).build_with(Server::new([])).unwrap_err());
    }

    // Before a request is sent.
    let builder = Post::builder().session_token("header-secret").authorization("header-secret");
    shown.debug(&builder.body(Secret::default()));
    shown.debug(&Post::metadata());
    for refused in ["header-secret\n", "header-secret ", "header-secret\u{1F600}"] {
        let operation = Post { session_token: Some(refused.to_owned()), ..Post::default() };
        shown.error(&operation.to_http_request().unwrap_err());
        shown.error(&Server::new([]).client().send(operation).await.unwrap_err());
    }
    let server = Server::new([]);
    shown.error(&server.client().send(Get::default()).header("x-token", "header-secret\n").await.unwrap_err());
    shown.error(&server.client().send(Get::default()).base_url("http://u:location-secret@h").await.unwrap_err());

    // The request heads that a custom transport may log.
    let server = Server::new([Reply::thing(), Reply::thing(), Reply::thing()]);
    server.client().send(operation.clone()).await.unwrap();
    server
        .client()
        .send(Get { authorization: Some("Bearer header-secret".to_owned()), ..Get::default() })
        .await
        .unwrap();
    server.client().send(Get::default()).header("authorization", "Bearer header-secret").await.unwrap();
    for index in 0..3 {
        shown.debug(&server.request(index).map(drop));
    }

    // The types of retries, heartbeats and bodies.
    let failures = Arc::new(Mutex::new(Shown::default()));
    let log = Arc::clone(&failures);
    let policy = move |failed: &FailedAttempt<'_>| {
        log.lock().unwrap().debug(failed);
        None
    };
    let server = Server::new(replies());
    for _ in replies() {
        server
            .client()
            .send(operation.clone())
            .retry(policy.clone())
            .timeout(Duration::from_secs(100))
            .await
            .unwrap_err();
    }
    shown.0.append(&mut failures.lock().unwrap().0);
    shown.debug(&Retry::default());
    shown.debug(&RetryBudget::default());
    shown.debug(&HeartbeatBody::new(http_body_util::Full::new(bytes::Bytes::from_static(b"\nbody-secret"))));
    let not_sent = NotSent::new(BoxError::from("no route"));
    shown.0.push(not_sent.to_string());
    shown.debug(&not_sent);

    let page = r#"{"next":"a","data":[]}"#;
    let server = Server::new([
        Reply::new(200, page).header("set-cookie", "cookie-secret"),
        Reply::new(200, page),
        Reply::pieces(200, vec![piece(0, "body-secret"), (0, None)]).header("set-cookie", "cookie-secret"),
    ]);
    let mut pages = server.client().pages(Things::default());
    shown.debug(&pages.try_next().await.unwrap().unwrap());
    shown.debug(&pages);
    shown.debug(&pages.try_next().await.unwrap().unwrap());
    shown.error(&pages.try_next().await.unwrap_err());
    let mut file = server.client().send(GetFile::default()).await.unwrap().value;
    shown.debug(&file);
    file.try_next().await.unwrap();
    shown.error(&file.try_next().await.unwrap_err());
    shown.debug(&file);

    let server = Server::new([Reply::thing().header("set-cookie", "cookie-secret"), Reply::new(200, "")]);
    let client = server.client();
    shown.debug(&client.send(Get::default()).await.unwrap());
    shown.debug(&client.send(GetFile::default()).await.unwrap());
    shown.debug(&client.pages(Things::default()));
    shown.debug(&client.items(Things::default()));

    assert!(shown.0.len() > 300, "everything is there: {}", shown.0.len());
    for text in &shown.0 {
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}
