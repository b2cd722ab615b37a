//! Sends no more than 1000 requests a minute, which is StackOne's limit, and no more than 10 at a time. Retries count.

use stackone::Client;
use stackone_api::lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest};
use stackone_examples::{Options, StandIn, exit, no_arguments, println};
use std::{
    error::Error,
    process::ExitCode,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;
use tower::ServiceBuilder;

#[tokio::main]
async fn main() -> ExitCode {
    no_arguments("Sends 50 requests below a rate limit, 10 at a time.");
    exit(assign_to_many().await)
}

async fn assign_to_many() -> Result<(), Box<dyn Error>> {
    let stand_in = StandIn::start(Options::default()).await?;
    // All calls share the queue of the buffer. The client reports a request that is still in the queue as not sent.
    let limits = ServiceBuilder::new().buffer(100).concurrency_limit(10).rate_limit(1_000, Duration::from_secs(60));
    let client = Client::builder()
        .api_key(stand_in.api_key())
        .base_url(stand_in.base_url())
        .layer(limits)
        // The time in the queue counts. Every request of this program leaves it within a minute.
        .header_timeout(Duration::from_secs(120))
        .build()?;

    let started = Instant::now();
    let mut calls = JoinSet::new();
    for number in 0..50 {
        let client = client.clone();
        let operation = LmsCreateUserAssignmentRequest::builder()
            .id(format!("usr_{number}"))
            .x_account_id(stand_in.account_id())
            .body(LmsCreateAssignmentRequestDto::new("course-42"))
            .build();
        calls.spawn(async move { client.send(operation).await });
    }
    while let Some(call) = calls.join_next().await {
        if let Err(error) = call? {
            eprintln!("{error}, outcome unknown: {}", error.outcome_unknown());
        }
    }
    println!("{} requests in {:.1?}", stand_in.received().len(), started.elapsed());
    Ok(())
}
