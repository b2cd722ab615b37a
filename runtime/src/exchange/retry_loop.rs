//! The attempts of a call, and the waits between them.

use super::{
    attempt, attempt_state::AttemptState, authenticate::Authenticator, call_state::CallState, prepare::prepare,
};
use crate::{
    Error, ErrorKind, TimeoutKind, error::ExchangeReport, hook::CallObserver, pause::Pause, raw_response::RawResponse,
    retry::FailedAttempt, transport::Transport,
};
use bytes::Bytes;
use http::Request;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Sends a request until it succeeds or must not be sent again. Every attempt sends the same bytes, apart
/// from credentials that change.
pub(crate) async fn send(
    mut call: CallState,
    observer: &mut CallObserver,
    transport: &Transport,
    mut request: Request<Bytes>,
) -> Result<RawResponse, Error> {
    prepare(&mut request, &call).map_err(|cause| call.error(cause, ExchangeReport::default()))?;
    let mut authenticator = Authenticator::new(&call);
    let mut retries = 0;
    loop {
        let request = authenticator.request(&mut call, &request).await?;
        call.attempts += 1;
        let attempt_observer = observer.start_attempt(call.attempts);
        let attempt = AttemptState::start(&call, &attempt_observer);
        let run = attempt::run(&attempt, transport, request);
        let error = match attempt_observer.span().instrument(run).await {
            Ok(response) => {
                attempt_observer.succeeded(&response.report);
                call.settings.retry_budget.succeeded(retries > 0);
                return Ok(response);
            }
            Err(error) => error,
        };
        attempt_observer.failed(&error);
        if let Some(pause) = &call.settings.pause {
            pause.observe(&error);
        }
        // The server refused the request, so that it is no retry and every operation can be sent again.
        if authenticator.renew(&call, &error).await? {
            call.earlier_outcome_unknown = error.outcome_unknown();
            continue;
        }
        let Some(wait) = wait_before_retry(&error, &call, retries) else { return Err(error) };
        call.earlier_outcome_unknown = error.outcome_unknown();
        observer.waits(wait);
        if !wait_and_pause(&call, wait).await {
            return Err(error);
        }
        retries += 1;
    }
}

/// Waits, and then until the end of the pause, which other calls may extend in the meantime. `false` if the pause ends after the deadline.
async fn wait_and_pause(call: &CallState, mut wait: Duration) -> bool {
    loop {
        sleep(wait).await;
        wait = call.settings.pause.as_ref().map_or(Duration::ZERO, Pause::remaining);
        if wait.is_zero() {
            return true;
        }
        if remaining(call).is_some_and(|remaining| remaining <= wait) {
            return false;
        }
    }
}

/// The time until the deadline.
fn remaining(call: &CallState) -> Option<Duration> {
    Some(call.deadline?.saturating_duration_since(Instant::now()))
}

/// The wait before the next attempt, or `None` if the error ends the call.
fn wait_before_retry(error: &Error, call: &CallState, retries: u32) -> Option<Duration> {
    if error.kind() == ErrorKind::Timeout(TimeoutKind::Overall) {
        return None;
    }
    let remaining = remaining(call);
    let wait = call.settings.retry.wait(&FailedAttempt { error, metadata: call.metadata, retries, remaining })?;
    let ends_in_time = remaining.is_none_or(|remaining| wait < remaining);
    // The error says more than a deadline that is exceeded during the wait.
    (ends_in_time && call.settings.retry_budget.take()).then_some(wait)
}
