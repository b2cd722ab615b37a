//! How a call or an attempt ended.

use crate::{Error, ErrorKind, error::ExchangeReport, response_head::request_id};
use http::{HeaderMap, StatusCode};
use std::{borrow::Cow, fmt, time::Duration};

/// How a call or an attempt ended, for a [`Hook`](super::Hook).
pub struct Outcome<'a> {
    pub(super) end: End<'a>,
    pub(super) attempts: u32,
    pub(super) elapsed: Duration,
}

#[derive(Clone, Copy)]
pub(super) enum End<'a> {
    Success(&'a ExchangeReport),
    Failure(&'a Error),
    Dropped,
}

impl<'a> Outcome<'a> {
    /// Whether there is neither an error nor a dropped future.
    #[must_use]
    pub fn is_success(&self) -> bool {
        matches!(self.end, End::Success(_))
    }

    /// Whether the caller dropped the future before it was ready.
    #[must_use]
    pub fn is_dropped(&self) -> bool {
        matches!(self.end, End::Dropped)
    }

    /// The error with which the call or the attempt ended. `None` after a success, and if it was dropped.
    #[must_use]
    pub fn error(&self) -> Option<&'a Error> {
        match self.end {
            End::Failure(error) => Some(error),
            End::Success(_) | End::Dropped => None,
        }
    }

    /// A short name of the error, for the attribute `error.type` of OpenTelemetry. `None` for a success.
    ///
    /// It is the status of an error response, as in `"404"`, and else one of `build`, `config`, `credentials`, `connect`,
    /// `header_timeout`, `idle_timeout`, `timeout`, `transport`, `truncated`, `decode`, `body_too_large`, `pagination` and
    /// `dropped`.
    #[must_use]
    pub fn error_type(&self) -> Option<Cow<'static, str>> {
        match self.end {
            End::Success(_) => None,
            End::Failure(error) => Some(error_type(error)),
            End::Dropped => Some("dropped".into()),
        }
    }

    fn response(&self) -> Option<&'a ExchangeReport> {
        match self.end {
            End::Success(report) => Some(report),
            End::Failure(error) => error.response(),
            End::Dropped => None,
        }
    }

    /// The status line of the response. `None` without a response. For an error envelope under a 2xx status it is the 2xx
    /// status, and [`error_type`](Self::error_type) is the status of the envelope.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.response()?.status
    }

    /// The headers of the response. `None` without a response.
    #[must_use]
    pub fn headers(&self) -> Option<&'a HeaderMap> {
        Some(&self.response()?.headers)
    }

    /// The request id of the response.
    #[must_use]
    pub fn request_id(&self) -> Option<&'a str> {
        match self.end {
            End::Success(report) => request_id(&report.headers, report.request_id_header.as_deref()),
            End::Failure(error) => error.request_id(),
            End::Dropped => None,
        }
    }

    /// The number of heartbeats of the attempt; for a call, of its last attempt.
    #[must_use]
    pub fn heartbeats(&self) -> u64 {
        match self.end {
            End::Success(report) => report.heartbeats,
            End::Failure(error) => error.heartbeats(),
            End::Dropped => 0,
        }
    }

    /// The number of attempts of the call so far.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The time since the start of the call, or of the attempt.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

fn error_type(error: &Error) -> Cow<'static, str> {
    let name = match error.kind() {
        ErrorKind::Api => match error.status() {
            Some(status) => return status.as_u16().to_string().into(),
            None => "api",
        },
        ErrorKind::Build => "build",
        ErrorKind::Config => "config",
        ErrorKind::Credentials => "credentials",
        ErrorKind::Connect => "connect",
        ErrorKind::Timeout(kind) => kind.setting(),
        ErrorKind::Transport => "transport",
        ErrorKind::Truncated => "truncated",
        ErrorKind::Decode => "decode",
        ErrorKind::BodyTooLarge => "body_too_large",
        ErrorKind::Pagination => "pagination",
    };
    name.into()
}

/// Without the headers, which may contain cookies.
impl fmt::Debug for Outcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outcome")
            .field("error_type", &self.error_type())
            .field("status", &self.status().map(|status| status.as_u16()))
            .field("attempts", &self.attempts)
            .field("elapsed", &self.elapsed)
            .finish_non_exhaustive()
    }
}
