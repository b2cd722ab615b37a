//! Everything there is, formatted in every way, and searched for what must not be seen.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use stackone::{ApiKey, Client, ClientBuilder, Error};
use std::{error::Error as _, fmt::Debug, future::IntoFuture, time::Duration};
use support::{Get, GetFile, Post, Reply, Server, Things, piece};

/// The key, the key as it is sent, a sensitive header, a request's body, and a redirect's credentials.
const SECRETS: [&str; 6] =
    ["key-secret", "a2V5LXNlY3JldD", "header-secret", "body-secret", "location-secret", "cookie-secret"];

#[derive(Default)]
struct Shown(Vec<String>);

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
        shown.error(&sending.await.unwrap_err());
    }
    let wrong: [fn(ClientBuilder) -> ClientBuilder; 4] = [
        |builder| builder.api_key("key-secret\n"),
        |builder| builder.api_key("key-secret:"),
        |builder| builder.base_url("https://location-secret:location-secret@host"),
        |builder| builder.default_header("x-token", "header-secret\0"),
    ];
    for wrong in wrong {
        shown.error(&wrong(Client::builder()).build_with(Server::new([])).unwrap_err());
    }

    let server = Server::new([Reply::thing().header("set-cookie", "cookie-secret"), Reply::new(200, "")]);
    let client = server.client();
    shown.debug(&client.send(Get::default()).await.unwrap());
    shown.debug(&client.send(GetFile::default()).await.unwrap());
    shown.debug(&client.pages(Things::default()));
    shown.debug(&client.items(Things::default()));

    assert!(shown.0.len() > 150, "everything is there: {}", shown.0.len());
    for text in &shown.0 {
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}
