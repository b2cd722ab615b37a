//! One attempt: the transport sends the request, and the response is received and classified.

use super::{
    attempt_state::AttemptState,
    body, download,
    wait::{TimeLimit, Timer, after, earlier},
};
use crate::{
    Error, TimeoutKind,
    classify::classify,
    error::{BoxError, Cause, ExchangeReport},
    format::ResponseFormat,
    raw_response::{RawBody, RawResponse},
    received::{Received, first_bytes},
    transport::{ResponseBody, SendProgress, Transport, was_not_sent},
};
use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode, response::Parts};
use std::{future::poll_fn, task::Context};

impl AttemptState<'_> {
    /// The error of an attempt without a response.
    fn error_without_response(&self, cause: Cause, sent: bool) -> Error {
        self.call.error(cause, ExchangeReport { sent, attempt_elapsed: self.started.elapsed(), ..Default::default() })
    }

    /// The error of an attempt with a response, of which `received` arrived.
    fn error_with_response(&self, cause: Cause, head: Head, received: &Received) -> Error {
        let mut report = self.report(head, received, self.call.settings.max_error_body);
        if matches!(cause, Cause::Timeout { kind: TimeoutKind::Overall, .. }) {
            // The deadline ends the call, and not only this response.
            report = ExchangeReport { status: None, headers: HeaderMap::new(), body: Bytes::new(), ..report };
        }
        self.call.error(cause, report)
    }

    fn report(&self, head: Head, received: &Received, max_body: u64) -> ExchangeReport {
        ExchangeReport {
            status: Some(head.status),
            headers: head.headers,
            body: first_bytes(&received.bytes, max_body),
            heartbeats: received.heartbeats,
            attempt_elapsed: self.started.elapsed(),
            attempts: self.call.attempts,
            elapsed: self.call.started.elapsed(),
            sent: true,
            request_id_header: self.call.settings.error_format.header_of_request_id(),
            earlier_outcome_unknown: self.call.earlier_outcome_unknown,
        }
    }
}

/// The status and the headers of a response.
struct Head {
    status: StatusCode,
    headers: HeaderMap,
}

/// Runs one attempt.
pub(super) async fn run(
    attempt: &AttemptState<'_>,
    transport: &Transport,
    request: Request<Bytes>,
) -> Result<RawResponse, Error> {
    let (Parts { status, headers, .. }, body) = receive_head(attempt, transport, request).await?.into_parts();
    let head = Head { status, headers };
    let format = attempt.call.metadata.response();
    if format == ResponseFormat::Download && status.is_success() {
        let report = attempt.report(head, &Received::default(), 0);
        let stream = download::stream(body, transport, attempt.call, report.clone());
        return Ok(RawResponse { body: RawBody::Stream(stream), metadata: attempt.call.metadata, report });
    }
    let received = match body::receive(attempt, status, &head.headers, body).await {
        Ok(received) => received,
        Err((cause, received)) => return Err(attempt.error_with_response(cause, head, &received)),
    };
    match classify(
        attempt.call.metadata,
        &attempt.call.settings.error_format,
        attempt.call.accepts_empty,
        status,
        &received.bytes,
    ) {
        Ok(()) => {
            let report = attempt.report(head, &received, attempt.call.settings.max_error_body);
            let body = RawBody::Complete(received.bytes);
            Ok(RawResponse { body, metadata: attempt.call.metadata, report })
        }
        Err(cause) => Err(attempt.error_with_response(cause, head, &received)),
    }
}

/// Sends the request and waits for the status and the headers of the response.
async fn receive_head(
    attempt: &AttemptState<'_>,
    transport: &Transport,
    mut request: Request<Bytes>,
) -> Result<Response<ResponseBody>, Error> {
    let mut timer = Timer::new(limit(attempt, SendProgress::InLayers));
    let timeout = |kind, sent| attempt.error_without_response(attempt.timeout(kind), sent);
    let mut service = transport.service();
    // A service that never became ready never got the request.
    match timer.wait(poll_fn(|cx| service.poll_ready(cx))).await {
        Err(kind) => return Err(timeout(kind, false)),
        Ok(Err(error)) => return Err(attempt.error_without_response(Cause::Connect(error), false)),
        Ok(Ok(())) => {}
    }
    attempt.describe(request.extensions_mut());
    let state = transport.track(&mut request);
    let mut response = service.call(request);
    let current_limit = |cx: &Context<'_>| limit(attempt, state.poll_progress(cx.waker()));
    match timer.wait_until(&mut response, current_limit).await {
        Err(kind) => Err(timeout(kind, !state.abandon())),
        Ok(Err(error)) => Err(transport_error(attempt, error)),
        Ok(Ok(response)) => Ok(response),
    }
}

/// The time limit of a request: to be sent, to make progress while it is sent, or to be answered.
fn limit(attempt: &AttemptState<'_>, progress: SendProgress) -> TimeLimit {
    let settings = &attempt.call.settings;
    let limit = match progress {
        SendProgress::Sending(since) => after(since, settings.idle_timeout, TimeoutKind::Idle),
        SendProgress::Sent(since) => after(since, settings.header_timeout, TimeoutKind::Header),
        _ => after(attempt.started, settings.header_timeout, TimeoutKind::Header),
    };
    earlier(limit, attempt.deadline())
}

fn transport_error(attempt: &AttemptState<'_>, error: BoxError) -> Error {
    if was_not_sent(error.as_ref()) {
        attempt.error_without_response(Cause::Connect(error), false)
    } else {
        attempt.error_without_response(Cause::Transport(error), true)
    }
}
