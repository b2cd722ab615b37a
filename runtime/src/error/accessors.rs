//! What an error says about the response and the attempts.

use super::{
    ApiError, Error, ErrorKind,
    failure::{Cause, ExchangeReport},
    one_line::chain,
};
use crate::retry_after::retry_after;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::{
    error::Error as StdError,
    io,
    time::{Duration, SystemTime},
};

impl Error {
    fn report(&self) -> Option<&ExchangeReport> {
        self.as_failure().map(|failure| &failure.report)
    }

    pub(crate) fn response(&self) -> Option<&ExchangeReport> {
        self.report().filter(|report| report.status.is_some())
    }

    /// The status of the response, or `None` if there was no response. For an error envelope under a 2xx status it is the
    /// status of the envelope.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.api().map(ApiError::status).or_else(|| self.response()?.status)
    }

    /// The error that the server answered with. `None` unless the kind is [`ErrorKind::Api`].
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        match &self.as_failure()?.cause {
            Cause::Api(api) => Some(api),
            _ => None,
        }
    }

    /// Whether the status line of the response says success.
    #[cfg(feature = "client")]
    pub(crate) fn has_success_status(&self) -> bool {
        self.response().and_then(|report| report.status).is_some_and(|status| status.is_success())
    }

    /// The headers of the response, or `None` if there was no response.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(|report| &report.headers)
    }

    /// The request id: the `x-request-id` of the response, or what the
    /// [`ErrorFormat`](crate::ErrorFormat::request_id_header) says. StackOne's support asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.as_failure()?.request_id()
    }

    /// How long the server asks the client to wait, from now: the `Retry-After` header of the response (RFC 9110, section
    /// 10.2.3). `None` if there is none, or if it is malformed.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers()?, SystemTime::now())
    }

    /// The received part of the response body, without heartbeats, up to the setting `max_error_body`. `None` if there was
    /// no response.
    #[must_use]
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.response().map(|report| &report.body)
    }

    /// The place in the response that cannot be decoded, as in `data[3].status`. `None` if the kind is not
    /// [`ErrorKind::Decode`], or if the whole document is at fault.
    #[must_use]
    pub fn response_path(&self) -> Option<&str> {
        match &self.as_failure()?.cause {
            Cause::Decode { path, .. } => path.as_deref(),
            _ => None,
        }
    }

    /// The number of heartbeats that arrived in the last attempt.
    #[must_use]
    pub fn heartbeats(&self) -> u64 {
        self.report().map_or(0, |report| report.heartbeats)
    }

    /// The number of attempts. 0 if the request was never tried.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.report().map_or(0, |report| report.attempts)
    }

    /// The time from the start of the call to the error. Zero if the request was never tried.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.report().map_or(Duration::ZERO, |report| report.elapsed)
    }

    /// Whether a time limit was exceeded: one of the three timeouts, or `connect_timeout`.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self.as_failure().map(|failure| &failure.cause) {
            Some(Cause::Timeout { .. }) => true,
            Some(Cause::Connect(source)) => chain(source.as_ref()).any(is_timed_out),
            _ => false,
        }
    }

    /// Whether the request was not sent, or the server refused it before it processed it.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.kind() == ErrorKind::Connect
    }

    /// The underlying error of the source of credentials, the transport or the decoder. The message of this error includes its text.
    ///
    /// ```no_run
    /// # fn example(error: stackone::Error) {
    /// let io_error = error.get_ref().and_then(|inner| inner.downcast_ref::<std::io::Error>());
    /// # }
    /// ```
    #[must_use]
    pub fn get_ref(&self) -> Option<&(dyn StdError + Send + Sync + 'static)> {
        match &self.as_failure()?.cause {
            Cause::Credentials(source)
            | Cause::Connect(source)
            | Cause::Transport(source)
            | Cause::Decode { source, .. } => Some(source.as_ref()),
            Cause::Truncated { source, .. } => source.as_deref(),
            _ => None,
        }
    }
}

fn is_timed_out(error: &(dyn StdError + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}
