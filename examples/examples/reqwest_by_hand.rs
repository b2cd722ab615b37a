//! Sends an operation with `reqwest` and without the client of this crate. The declaration makes the request, and
//! `decode_response` reads the response: heartbeats, error envelopes and half documents, by the rules of the client.
//!
//! The program needs `stackone` with `default-features = false`. It has no retries, and no time limits but those of `reqwest`.

use stackone_api::{
    lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest},
    stackone::{Operation, Prefer, bytes::Bytes, decode_response, http},
};
use stackone_examples::{Connection, arguments, exit, println};
use std::{error::Error, process::ExitCode};

const USAGE: &str = "\
usage: reqwest_by_hand

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

    let operation = LmsCreateUserAssignmentRequest::builder()
        .id("usr_1")
        .x_account_id(account.as_str())
        .prefer(Prefer::heartbeat())
        .body(LmsCreateAssignmentRequestDto::new("course-42"))
        .build();
    let request = server.base_url.join(operation.to_http_request()?)?.try_into()?;
    let request = reqwest::RequestBuilder::from_parts(http, request);
    let response = request.basic_auth(&server.api_key, Some("")).send().await?;

    let created = decode_response::<LmsCreateUserAssignmentRequest>(received(response).await?)?;
    println!("{} after {} heartbeats: {:#?}", created.status(), created.heartbeats(), created.value);
    Ok(())
}

/// The response with its whole body.
async fn received(mut response: reqwest::Response) -> Result<http::Response<Bytes>, reqwest::Error> {
    let mut received = http::Response::<Bytes>::default();
    *received.status_mut() = response.status();
    *received.headers_mut() = std::mem::take(response.headers_mut());
    *received.body_mut() = response.bytes().await?;
    Ok(received)
}
