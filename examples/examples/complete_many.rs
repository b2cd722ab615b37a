//! Records 2,000 completions: 20 at a time, no more than the server allows, with a progress bar. Ctrl-C stops without losing
//! track: the program then lists what was not sent, and at its end the completions whose outcome is unknown.

use indicatif::ProgressBar;
use stackone::Client;
use stackone_api::lms::{LmsCreateCompletionRequestDto, LmsCreateUserCompletionRequest};
use stackone_examples::{Options, StandIn, exit, no_arguments, println};
use std::{error::Error, process::ExitCode, time::Duration};
use tower::ServiceBuilder;

#[tokio::main]
async fn main() -> ExitCode {
    no_arguments("Records 2,000 completions, 20 at a time. Ctrl-C stops the run.");
    exit(complete_many().await)
}

async fn complete_many() -> Result<(), Box<dyn Error>> {
    let stand_in = StandIn::start(Options::default()).await?;
    // StackOne's limit is 1,000 requests a minute. The stand-in takes as many each second.
    let limit = ServiceBuilder::new().buffer(100).rate_limit(1_000, Duration::from_secs(1));
    let client = Client::builder().api_key(stand_in.api_key()).base_url(stand_in.base_url()).layer(limit).build()?;

    let account = stand_in.account_id();
    let completions = (1..=2_000).map(|number| {
        LmsCreateUserCompletionRequest::builder()
            .id(format!("usr_{number}"))
            .x_account_id(account)
            .body(LmsCreateCompletionRequestDto::new("course-42"))
            .build()
    });
    let bar = ProgressBar::new(2_000);
    let (mut recorded, mut failed, mut unknown) = (0, Vec::new(), Vec::new());
    let mut run = client.send_all(completions).concurrency(20);
    loop {
        let completed = tokio::select! {
            completed = run.next() => completed,
            _ = tokio::signal::ctrl_c() => { run.stop(); continue }
        };
        let Some(completed) = completed else { break };
        bar.inc(1);
        match completed.result {
            Ok(_) => recorded += 1,
            Err(error) if error.outcome_unknown() => unknown.push((completed.operation, error)),
            Err(error) => failed.push((completed.operation, error)),
        }
    }
    bar.finish();
    println!("{recorded} recorded, {} failed, {} not sent", failed.len(), run.into_remaining().count());
    for (operation, error) in unknown {
        println!("{}: check before you send it again: {error}", operation.id);
    }
    Ok(())
}
