//! Signs each request with HMAC-SHA256 over its method, target and body. Each attempt has a signature of its own.

use ring::hmac;
use stackone::{
    Attempt, Client,
    http::{HeaderValue, Request},
    transport::RequestBody,
};
use stackone_api::lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest};
use stackone_examples::{Options, StandIn, exit, no_arguments, println};
use std::{error::Error, fmt::Write, process::ExitCode};
use tower::util::MapRequestLayer;

/// Adds the header `x-signature`.
fn sign(mut request: Request<RequestBody>, key: &hmac::Key) -> Request<RequestBody> {
    let mut context = hmac::Context::with_key(key);
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    context.update(format!("{} {target}\n", request.method()).as_bytes());
    context.update(request.body().as_bytes());
    let mut signature = String::new();
    for byte in context.sign().as_ref() {
        // Writing to a `String` never fails.
        let _ = write!(signature, "{byte:02x}");
    }
    if let Some(attempt) = request.extensions().get::<Attempt>() {
        println!("attempt {} of call {}: {signature}", attempt.number(), attempt.call_id());
    }
    if let Ok(value) = HeaderValue::try_from(signature) {
        request.headers_mut().insert("x-signature", value);
    }
    request
}

#[tokio::main]
async fn main() -> ExitCode {
    no_arguments("Signs a request and prints the signature.");
    exit(assign().await)
}

async fn assign() -> Result<(), Box<dyn Error>> {
    let stand_in = StandIn::start(Options::default()).await?;
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"secret");
    let client = Client::builder()
        .api_key(stand_in.api_key())
        .base_url(stand_in.base_url())
        .layer(MapRequestLayer::new(move |request| sign(request, &key)))
        .build()?;
    let operation = LmsCreateUserAssignmentRequest::builder()
        .id("usr_1")
        .x_account_id(stand_in.account_id())
        .body(LmsCreateAssignmentRequestDto::new("course-42"))
        .build();
    client.send(operation).await?;
    println!("the server received {:?}", stand_in.received()[0].headers["x-signature"]);
    Ok(())
}
