//! The message of a failed call.

use super::{
    TimeoutKind,
    failure::{BoxError, Cause, ExchangeReport, Failure},
    one_line::{OneLine, root},
};
use crate::{format::ResponseFormat, response_head::request_id};
use http::{HeaderMap, Uri, header};
use std::{fmt, time::Duration};

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_cause(f)?;
        if let Some(id) = self.request_id() {
            write!(f, " (request id {})", OneLine(id))?;
        }
        match self.report.attempts {
            0 | 1 => Ok(()),
            attempts => write!(f, " (after {attempts} attempts)"),
        }
    }
}

impl Failure {
    /// The request id in the headers, or else in the body of an error.
    pub(super) fn request_id(&self) -> Option<&str> {
        let in_body = || match &self.cause {
            Cause::Api(api) => api.request_id(),
            _ => None,
        };
        request_id(&self.report.headers, self.report.request_id_header.as_deref()).or_else(in_body)
    }

    fn fmt_cause(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ExchangeReport { status, heartbeats, headers, .. } = &self.report;
        match &self.cause {
            Cause::Config(message) | Cause::Pagination(message) => f.write_str(message),
            Cause::Credentials(source) => write!(f, "the source of credentials failed: {}", root(source.as_ref())),
            Cause::Connect(source) => write!(f, "the request was not sent: {}", root(source.as_ref())),
            Cause::Timeout { kind: TimeoutKind::Idle, limit } if status.is_none() => {
                write!(f, "the server took no byte of the request for {limit:?} (setting `{}`)", TimeoutKind::Idle)
            }
            Cause::Timeout { kind, limit } => fmt_timeout(*kind, *limit, *heartbeats, f),
            Cause::Transport(source) => write!(f, "the connection failed: {}", root(source.as_ref())),
            Cause::Truncated { received, expected, source } => {
                self.fmt_truncated(*received, *expected, source.as_ref(), f)
            }
            Cause::Api(api) => {
                fmt::Display::fmt(api, f)?;
                if status.is_some_and(|status| status.is_success()) {
                    f.write_str(", sent under a success status")?;
                }
                if api.status().is_redirection() { fmt_redirect(headers, f) } else { Ok(()) }
            }
            Cause::Decode { path: Some(path), source } => {
                write!(f, "the response could not be decoded: `{}`: {}", OneLine(path), OneLine(source))
            }
            Cause::Decode { path: None, source } => write!(f, "the response could not be decoded: {}", OneLine(source)),
            Cause::BodyTooLarge { limit, unit } => write!(f, "the response has more than {limit} {unit}"),
        }
    }

    fn fmt_truncated(
        &self,
        received: u64,
        expected: Option<u64>,
        source: Option<&BoxError>,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        match (received, expected) {
            (received, Some(expected)) => write!(f, "the response ended after {received} of {expected} bytes")?,
            (0, None) => f.write_str("the response ended before its body")?,
            (received, None) => write!(f, "the response ended after {received} bytes of its body")?,
        }
        let counts_heartbeats = self
            .metadata
            .is_some_and(|metadata| matches!(metadata.response(), ResponseFormat::Json | ResponseFormat::Ignored));
        // The time is not known of a body that was received elsewhere.
        let elapsed = Some(self.report.attempt_elapsed).filter(|elapsed| !elapsed.is_zero());
        match (counts_heartbeats.then_some(self.report.heartbeats), elapsed) {
            (Some(heartbeats), Some(elapsed)) => write!(f, ", after {heartbeats} heartbeats and {elapsed:.1?}")?,
            (Some(heartbeats), None) => write!(f, ", after {heartbeats} heartbeats")?,
            (None, Some(elapsed)) => write!(f, ", after {elapsed:.1?}")?,
            (None, None) => {}
        }
        source.map_or(Ok(()), |source| write!(f, ": {}", root(source.as_ref())))
    }
}

fn fmt_timeout(kind: TimeoutKind, limit: Duration, heartbeats: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match kind {
        TimeoutKind::Header => write!(f, "no response arrived within {limit:?}")?,
        TimeoutKind::Idle => write!(f, "no data arrived for {limit:?} after {heartbeats} heartbeats")?,
        TimeoutKind::Overall => write!(f, "the call did not end within {limit:?}")?,
    }
    write!(f, " (setting `{kind}`)")
}

/// The host of a redirect. Its path, query and user info may contain secrets.
fn fmt_redirect(headers: &HeaderMap, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let location = headers.get(header::LOCATION).and_then(|value| value.to_str().ok()?.parse::<Uri>().ok());
    match location.as_ref().and_then(Uri::host) {
        Some(host) => write!(f, ", a redirect to {host}, which is not followed"),
        None => f.write_str(", a redirect, which is not followed"),
    }
}
