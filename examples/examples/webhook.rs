//! Receives webhooks with axum, and refuses those that StackOne did not sign.
//!
//! The secret is in `STACKONE_WEBHOOK_SECRET`. This program calls its router itself, once with a valid signature and once without.

use axum::{Router, extract::State, routing::post};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use stackone::{Client, stackone_operation, webhooks::WebhookSecret};
use stackone_examples::{exit, no_arguments, println};
use std::{env, error::Error, process::ExitCode};

/// The extractor `Bytes` is the body as it arrived. An extractor such as `Json` would lose it.
async fn receive(State(secret): State<WebhookSecret>, headers: HeaderMap, body: Bytes) -> Result<(), StatusCode> {
    secret.verify(&headers, &body).map_err(|_| StatusCode::UNAUTHORIZED)?;
    let event: Value = serde_json::from_slice(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
    println!("received: {}", event["event"]);
    Ok(())
}

fn router(secret: WebhookSecret) -> Router {
    Router::new().route("/webhooks", post(receive)).with_state(secret)
}

/// What StackOne does.
#[stackone_operation(method = "POST", path = "/webhooks")]
struct DeliverRequest {
    #[header("x-stackone-signature")]
    signature: Option<String>,
    #[body]
    event: Value,
}

#[tokio::main]
async fn main() -> ExitCode {
    no_arguments("Verifies two webhooks with the secret in STACKONE_WEBHOOK_SECRET, or else with one of its own.");
    exit(run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let secret = env::var_os("STACKONE_WEBHOOK_SECRET").unwrap_or_else(|| "secret of the example".into());
    let secret = WebhookSecret::new(secret.as_encoded_bytes())
        .map_err(|error| format!("the environment variable `STACKONE_WEBHOOK_SECRET`: {error}"))?;
    let event = json!({ "event": "account.created" });
    let signature = secret.sign(event.to_string().as_bytes());

    // A server runs the router with `axum::serve(listener, router(secret))`. Here it is the transport of a client.
    let client = Client::builder().build_with_router(router(secret))?;
    let signed = DeliverRequest::builder().signature(signature).event(event.clone()).build();
    println!("signed: {}", client.send(signed).await?.status());
    let unsigned = DeliverRequest::builder().event(event).build();
    match client.send(unsigned).await {
        Err(error) if error.status() == Some(StatusCode::UNAUTHORIZED) => println!("not signed: {error}"),
        _ => return Err("a webhook without a signature was accepted".into()),
    }
    Ok(())
}
