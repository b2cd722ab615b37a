//! Sends with `reqwest` below the client, which keeps its retries, time limits, heartbeats and typed errors. The program needs
//! `stackone` with `default-features = false` and the feature `client`.

use stackone_api::{
    lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest},
    stackone::{Client, Prefer, http, transport::NotSent},
};
use stackone_examples::{Connection, arguments, exit, println};
use std::{error::Error, process::ExitCode};

type BoxError = Box<dyn Error + Send + Sync>;

const USAGE: &str = "\
usage: reqwest_transport

Set STACKONE_API_KEY and STACKONE_ACCOUNT_ID to call https://api.stackone.com.
Without them, the program starts a local server that stands in for the API, and calls that.";

#[tokio::main]
async fn main() -> ExitCode {
    let _ = arguments(USAGE, &[]);
    exit(assign().await)
}

async fn assign() -> Result<(), Box<dyn Error>> {
    let Connection { account, server, .. } = &Connection::open().await?;
    // Another version of `reqwest`, or its feature `rustls`, brings a provider of its own.
    rustls::crypto::ring::default_provider().install_default().map_err(|_| "another TLS provider is installed")?;
    // The API key must not follow a redirect to another host, and a POST must not become a GET.
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;

    let transport = tower::service_fn(move |request: http::Request<reqwest::Body>| {
        let http = http.clone();
        async move {
            Ok::<http::Response<reqwest::Body>, BoxError>(
                http.execute(request.try_into()?).await.map_err(unsent)?.into(),
            )
        }
    });
    let client = Client::builder()
        .api_key(server.api_key.as_str())
        .base_url(server.base_url.to_string())
        .build_with(transport)?;

    let operation = LmsCreateUserAssignmentRequest::builder()
        .id("usr_1")
        .x_account_id(account.as_str())
        .prefer(Prefer::heartbeat())
        .body(LmsCreateAssignmentRequestDto::new("course-42"))
        .build();
    let created = client.send(operation).await?;
    println!("{} after {} heartbeats: {:#?}", created.status(), created.heartbeats(), created.value);
    Ok(())
}

/// Says that nothing was sent, so that the client may try again, also a write.
fn unsent(error: reqwest::Error) -> BoxError {
    if error.is_connect() { NotSent::new(error).into() } else { error.into() }
}
