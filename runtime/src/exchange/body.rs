//! Receiving the body of a response: `idle timeout -> content coding -> heartbeats -> bytes`.

mod coding_error;
mod collect;
mod content_coding;
#[cfg(feature = "gzip")]
mod gzip;
mod idle_timeout;

pub(super) use idle_timeout::{IdleTimeoutBody, IdleTimeoutError};

use super::{attempt_state::AttemptState, wait::TimeLimit};
use crate::{
    TimeoutKind,
    classify::has_no_body,
    error::{BoxError, Cause},
    format::ResponseFormat,
    heartbeat::{HeartbeatBody, TooManyHeartbeats},
    received::{Received, body_too_large, may_be_skipped, too_many_heartbeats},
    transport::ResponseBody,
};
use bytes::Bytes;
use coding_error::InvalidCoding;
use collect::{Collected, End, collect};
use content_coding::ContentCoding;
use http::{HeaderMap, StatusCode};
use http_body::Body;

/// Receives a body. If it fails, the error comes with what was received before.
pub(super) async fn receive(
    attempt: &AttemptState<'_>,
    status: StatusCode,
    headers: &HeaderMap,
    body: ResponseBody,
) -> Result<Received, (Cause, Received)> {
    let call = attempt.call;
    if status.is_success() && has_no_body(call.metadata, status) {
        return Ok(Received::default());
    }
    let expected = body.size_hint().exact();
    let body = IdleTimeoutBody::new(body, call.settings.idle_timeout);
    let format = call.metadata.response();
    let coding = match ContentCoding::of(headers) {
        Ok(coding) => coding,
        Err(_) if !status.is_success() => return Ok(Received::default()),
        // The caller does not see the body.
        Err(_) if format == ResponseFormat::Ignored => ContentCoding::Identity,
        Err(message) => return Err((Cause::Decode { path: None, source: message.into() }, Received::default())),
    };
    // The declared length is that of the coded body.
    let expected = expected.filter(|_| matches!(coding, ContentCoding::Identity));
    let body = coding.decode(body);
    if !status.is_success() {
        return Ok(receive_error(attempt, body).await);
    }
    let (collected, heartbeats) = match format {
        ResponseFormat::Json | ResponseFormat::Ignored => receive_document(attempt, body).await,
        ResponseFormat::Text | ResponseFormat::Bytes | ResponseFormat::Download => {
            (collect_limited(body, call.settings.max_body, attempt.deadline()).await, 0)
        }
    };
    let Collected { bytes, end } = collected;
    if matches!(end, End::TooLarge) && may_be_skipped(format, &bytes) {
        return Ok(Received { bytes: Bytes::new(), heartbeats });
    }
    match cause(attempt, end, bytes.len() as u64, expected) {
        None => Ok(Received { bytes, heartbeats }),
        Some(cause) => Err((cause, Received { bytes, heartbeats })),
    }
}

/// Receives the body of an error response. What arrives is kept, whatever happens then.
async fn receive_error(
    attempt: &AttemptState<'_>,
    mut body: impl Body<Data = Bytes, Error = BoxError> + Unpin,
) -> Received {
    let Collected { bytes, .. } = collect(&mut body, attempt.call.settings.max_error_body, attempt.deadline()).await;
    Received::of_error(&bytes)
}

/// Receives a JSON document, and counts the heartbeats before it.
async fn receive_document(
    attempt: &AttemptState<'_>,
    body: impl Body<Data = Bytes, Error = BoxError> + Unpin,
) -> (Collected, u64) {
    let settings = &attempt.call.settings;
    let mut body = HeartbeatBody::since(body, attempt.started).limit(settings.max_heartbeats);
    if let Some(callback) = &settings.on_heartbeat {
        body = body.with_callback(callback.clone());
    }
    let collected = collect_limited(&mut body, settings.max_body, attempt.deadline()).await;
    let heartbeats = body.beats();
    (collected, heartbeats)
}

/// Collects a body, unless its declared length is above the limit already.
async fn collect_limited(
    mut body: impl Body<Data = Bytes, Error = BoxError> + Unpin,
    limit: u64,
    deadline: TimeLimit,
) -> Collected {
    if body.size_hint().lower() > limit {
        return Collected { bytes: Bytes::new(), end: End::TooLarge };
    }
    collect(&mut body, limit, deadline).await
}

/// The error of a body that did not end as it should.
fn cause(attempt: &AttemptState<'_>, end: End, received: u64, expected: Option<u64>) -> Option<Cause> {
    let settings = &attempt.call.settings;
    Some(match end {
        End::Complete => return None,
        End::TimedOut(kind) => attempt.timeout(kind),
        End::TooLarge => body_too_large(settings.max_body),
        End::Failed(error) if error.is::<IdleTimeoutError>() => attempt.timeout(TimeoutKind::Idle),
        End::Failed(error) if error.is::<TooManyHeartbeats>() => too_many_heartbeats(settings.max_heartbeats),
        End::Failed(error) if error.is::<InvalidCoding>() => Cause::Decode { path: None, source: error },
        End::Failed(error) => Cause::Truncated { received, expected, source: Some(error) },
    })
}
