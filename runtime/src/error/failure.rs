//! What a call that failed knows: the cause, and how far the exchange had come.

use super::{ApiError, Detail, Error, ErrorKind, Inner, TimeoutKind};
use crate::operation::Metadata;
use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri, header};
use std::{borrow::Cow, error::Error as StdError, fmt, time::Duration};

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

pub(super) struct Failure {
    cause: Cause,
    metadata: Option<&'static Metadata>,
    exchange: Exchange,
}

pub(crate) enum Cause {
    Config(Cow<'static, str>),
    Connect(BoxError),
    Timeout { timer: TimeoutKind, limit: Duration },
    Transport(BoxError),
    Truncated(Option<BoxError>),
    Api(Box<ApiError>),
    Decode { path: Option<String>, source: BoxError },
    BodyTooLarge { limit: u64, what: &'static str },
    CursorRepeats,
}

/// How far the exchange had come.
#[derive(Default, Clone)]
pub(crate) struct Exchange {
    /// The status line's, which for an error envelope under a committed 200 is not the error's.
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    /// What came of the body, without heartbeats and bounded.
    pub(crate) body: Bytes,
    pub(crate) beats: u64,
    /// Since the attempt began.
    pub(crate) elapsed: Duration,
    pub(crate) attempts: u32,
    /// A request was given to a connection, so that the server may have seen it.
    pub(crate) sent: bool,
    /// An attempt before this one may have done its work, though its answer was lost.
    pub(crate) unsettled: bool,
}

impl Error {
    pub(crate) fn config(message: impl Into<Cow<'static, str>>) -> Self {
        let failure = Failure { cause: Cause::Config(message.into()), metadata: None, exchange: Exchange::default() };
        Self(Box::new(Inner { operation: None, detail: Detail::Failure(failure) }))
    }

    pub(crate) fn failure(metadata: &'static Metadata, cause: Cause, exchange: Exchange) -> Self {
        let failure = Failure { cause, metadata: Some(metadata), exchange };
        Self(Box::new(Inner { operation: Some(metadata.id()), detail: Detail::Failure(failure) }))
    }

    fn details(&self) -> Option<&Failure> {
        match &self.0.detail {
            Detail::Failure(failure) => Some(failure),
            Detail::Build { .. } => None,
        }
    }

    fn exchange(&self) -> Option<&Exchange> {
        self.details().map(|failure| &failure.exchange)
    }

    /// The status of the answer, if one came. For an error envelope under a committed 2xx it is the envelope's.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.api().map(ApiError::status).or_else(|| self.exchange()?.status)
    }

    /// The server's error, if it is one of [`ErrorKind::Api`].
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        match &self.details()?.cause {
            Cause::Api(api) => Some(api),
            _ => None,
        }
    }

    /// The headers of the answer, if one came.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.exchange().filter(|exchange| exchange.status.is_some()).map(|exchange| &exchange.headers)
    }

    /// The `x-request-id` of the answer: what StackOne's support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.headers()?.get("x-request-id")?.to_str().ok()
    }

    /// What came of the body of the answer, without heartbeats; at most the error body limit of the client.
    #[must_use]
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.exchange().filter(|exchange| exchange.status.is_some()).map(|exchange| &exchange.body)
    }

    /// The number of heartbeats that came before the call failed.
    #[must_use]
    pub fn heartbeats(&self) -> u64 {
        self.exchange().map_or(0, |exchange| exchange.beats)
    }

    /// How many times the request was tried; 0 if it was not.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.exchange().map_or(0, |exchange| exchange.attempts)
    }

    /// Whether one of the three timers ran out, or `connect_timeout`.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self.details().map(|failure| &failure.cause) {
            Some(Cause::Timeout { .. }) => true,
            Some(Cause::Connect(source)) => chain(source.as_ref()).any(is_timed_out),
            _ => false,
        }
    }

    /// Whether no connection could be made, so that the server did not see the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// Whether sending the same request again is safe and may help; what the default retry policy goes by.
    ///
    /// - a connection that could not be made, a transport that was not ready within `header_timeout`, and 429 on the
    ///   status line: always;
    /// - 408, 502, 503 and 504 on the status line, a connection that was lost before an answer began, and the header
    ///   timer: if the operation is idempotent;
    /// - what went wrong after a 2xx had come, as a cut answer, the idle timer, and one of these statuses or 429 in an
    ///   envelope: if the operation only reads. A write that the server has begun to confirm is not begun again.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let Some(failure) = self.details() else { return false };
        let confirmed = failure.exchange.status.is_some_and(|status| status.is_success());
        let idempotent = failure
            .metadata
            .is_some_and(|metadata| metadata.is_idempotent() && (!confirmed || metadata.method().is_safe()));
        match &failure.cause {
            Cause::Connect(_) => true,
            Cause::Api(_) if failure.exchange.status == Some(StatusCode::TOO_MANY_REQUESTS) => true,
            Cause::Api(api) => idempotent && matches!(api.status().as_u16(), 408 | 429 | 502 | 503 | 504),
            Cause::Transport(_) | Cause::Truncated(_) => idempotent,
            Cause::Timeout { timer, .. } => (idempotent || !failure.exchange.sent) && *timer != TimeoutKind::Overall,
            Cause::Config(_) | Cause::Decode { .. } | Cause::BodyTooLarge { .. } | Cause::CursorRepeats => false,
        }
    }

    /// Whether a write may have happened although the call failed. Look before sending it again.
    ///
    /// It is false for operations that only read, if the request provably did not arrive, and if the server answered
    /// that it refused: a status of 4xx other than 408, 501, 304, 307 or 308. It is true if the answer was lost, late
    /// or cut, if it could not be decoded, and for every other status. If the call was tried several times, it is true
    /// if it is for one of them: a 404 for the second `DELETE` says nothing of the first, whose answer was lost.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        let Some(failure) = self.details() else { return false };
        if failure.metadata.is_none_or(|metadata| metadata.method().is_safe()) {
            return false;
        }
        if failure.exchange.unsettled {
            return true;
        }
        match &failure.cause {
            Cause::Config(_) | Cause::Connect(_) => false,
            Cause::Api(api) => match api.status().as_u16() {
                408 => true,
                304 | 307 | 308 | 400..=499 | 501 => false,
                _ => true,
            },
            _ => failure.exchange.sent,
        }
    }
}

impl Failure {
    pub(super) fn kind(&self) -> ErrorKind {
        match &self.cause {
            Cause::Config(_) => ErrorKind::Config,
            Cause::Connect(_) => ErrorKind::Connect,
            Cause::Timeout { timer, .. } => ErrorKind::Timeout(*timer),
            Cause::Transport(_) => ErrorKind::Transport,
            Cause::Truncated(_) => ErrorKind::Truncated,
            Cause::Api(_) => ErrorKind::Api,
            Cause::Decode { .. } => ErrorKind::Decode,
            Cause::BodyTooLarge { .. } => ErrorKind::BodyTooLarge,
            Cause::CursorRepeats => ErrorKind::Pagination,
        }
    }

    pub(super) fn path(&self) -> Option<&str> {
        match &self.cause {
            Cause::Decode { path, .. } => path.as_deref(),
            _ => None,
        }
    }

    pub(super) fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.cause {
            Cause::Connect(source) | Cause::Transport(source) | Cause::Decode { source, .. } => Some(source.as_ref()),
            Cause::Truncated(source) => source.as_ref().map(|source| &**source as &(dyn StdError + 'static)),
            _ => None,
        }
    }

    fn fmt_cause(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Exchange { status, beats, elapsed, body, .. } = &self.exchange;
        match &self.cause {
            Cause::Config(message) => f.write_str(message),
            Cause::Connect(source) => write!(f, "the request could not be sent: {}", root(source.as_ref())),
            Cause::Timeout { timer: TimeoutKind::Header, limit } => {
                write!(f, "no answer began within {limit:?} (setting `header_timeout`)")
            }
            Cause::Timeout { timer: TimeoutKind::Idle, limit } => {
                write!(f, "nothing came for {limit:?} after {beats} heartbeats (setting `idle_timeout`)")
            }
            Cause::Timeout { timer: TimeoutKind::Overall, limit } => {
                write!(f, "the call did not end within {limit:?} (setting `timeout`)")
            }
            Cause::Transport(source) => write!(f, "the connection failed: {}", root(source.as_ref())),
            Cause::Truncated(source) => {
                let what = if body.is_empty() { "before its body" } else { "in the middle of its body" };
                write!(f, "the answer ended {what}, after {beats} heartbeats and {elapsed:.1?}")?;
                match source {
                    Some(source) => write!(f, ": {}", root(source.as_ref())),
                    None => Ok(()),
                }
            }
            Cause::Api(api) => {
                fmt::Display::fmt(api, f)?;
                if status.is_some_and(|status| status.is_success()) && status != &Some(api.status()) {
                    f.write_str(", sent under a success status")?;
                }
                if api.status().is_redirection() {
                    fmt_redirect(&self.exchange.headers, f)?;
                }
                Ok(())
            }
            Cause::Decode { path: Some(path), source } => {
                write!(f, "the answer could not be decoded: `{}`: {}", Line(path), Line(source))
            }
            Cause::Decode { path: None, source } => write!(f, "the answer could not be decoded: {}", Line(source)),
            Cause::CursorRepeats => f.write_str("the cursor of the next page is that of a page that came before"),
            Cause::BodyTooLarge { limit, what } => write!(f, "the answer has more than {limit} {what}"),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_cause(f)?;
        if let Some(Ok(id)) = self.exchange.headers.get("x-request-id").map(http::HeaderValue::to_str) {
            write!(f, " (request id {})", Line(&id))?;
        }
        match self.exchange.attempts {
            0 | 1 => Ok(()),
            attempts => write!(f, " (after {attempts} attempts)"),
        }
    }
}

/// Where a redirect leads, as a host alone: paths, queries and user info can hold secrets.
fn fmt_redirect(headers: &HeaderMap, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let location = headers.get(header::LOCATION).and_then(|value| value.to_str().ok()?.parse::<Uri>().ok());
    match location.as_ref().and_then(Uri::host) {
        Some(host) => write!(f, ", a redirect to {host}, which is not followed"),
        None => f.write_str(", a redirect, which is not followed"),
    }
}

fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// The last of the chain: what a person can act on, as "Connection refused" is where "client error" is not.
fn root<'a>(error: &'a (dyn StdError + 'static)) -> Line<&'a (dyn StdError + 'static)> {
    Line(chain(error).last().unwrap_or(error))
}

fn is_timed_out(error: &(dyn StdError + 'static)) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::TimedOut)
}

/// Text of others on one line, without control characters, and not longer than a person reads.
pub(super) struct Line<T>(pub(super) T);

impl<T: fmt::Display> fmt::Display for Line<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 300;
        let text = self.0.to_string();
        let line = text.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty());
        let line = line.collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(LONGEST) {
            Some((end, _)) => write!(f, "{}...", &line[..end]),
            None => f.write_str(&line),
        }
    }
}
