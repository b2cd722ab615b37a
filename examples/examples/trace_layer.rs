//! Logs each attempt with the trace layer of tower-http.

use stackone::{Attempt, Client, http::Request, operation::Metadata, transport::RequestBody};
use stackone_api::lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest};
use stackone_examples::{Options, StandIn, exit, no_arguments};
use std::{error::Error, process::ExitCode};
use tower_http::trace::{DefaultOnRequest, DefaultOnResponse, TraceLayer};
use tracing::{Level, Span, info_span};

/// The path template and the operation, and not the URI, which contains ids.
fn span(request: &Request<RequestBody>) -> Span {
    let operation = request.extensions().get::<&'static Metadata>();
    let attempt = request.extensions().get::<Attempt>();
    info_span!(
        "attempt",
        operation = operation.map(|operation| operation.id()),
        path = operation.map(|operation| operation.path()),
        number = attempt.map(|attempt| attempt.number()),
    )
}

#[tokio::main]
async fn main() -> ExitCode {
    no_arguments("Logs an attempt.");
    // Not to be able to write a line is no error: nobody may read the output.
    tracing_subscriber::fmt().with_ansi(false).with_max_level(Level::INFO).log_internal_errors(false).init();
    exit(assign().await)
}

async fn assign() -> Result<(), Box<dyn Error>> {
    let stand_in = StandIn::start(Options::default()).await?;
    let trace = TraceLayer::new_for_http()
        .make_span_with(span)
        .on_request(DefaultOnRequest::new().level(Level::INFO))
        .on_response(DefaultOnResponse::new().level(Level::INFO));
    let client = Client::builder().api_key(stand_in.api_key()).base_url(stand_in.base_url()).layer(trace).build()?;
    let operation = LmsCreateUserAssignmentRequest::builder()
        .id("usr_1")
        .x_account_id(stand_in.account_id())
        .body(LmsCreateAssignmentRequestDto::new("course-42"))
        .build();
    client.send(operation).await?;
    Ok(())
}
