//! What a response says besides its value.

use crate::{Prefer, error::ExchangeReport};
use http::{HeaderMap, HeaderName, StatusCode};
use std::{fmt, sync::Arc, time::Duration};

/// The status and the headers of a successful response, and what the call did to get it.
#[derive(Clone)]
pub struct ResponseHead {
    status: StatusCode,
    headers: HeaderMap,
    request_id_header: Option<Arc<HeaderName>>,
    heartbeats: u64,
    attempts: u32,
    elapsed: Duration,
}

impl ResponseHead {
    pub(crate) fn new(report: ExchangeReport) -> Self {
        let ExchangeReport { status, headers, request_id_header, heartbeats, attempts, elapsed, .. } = report;
        Self { status: status.unwrap_or_default(), headers, request_id_header, heartbeats, attempts, elapsed }
    }

    /// The status. Every 2xx status is a success.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The number of heartbeats before the document.
    #[must_use]
    pub fn heartbeats(&self) -> u64 {
        self.heartbeats
    }

    /// The number of attempts, with the successful one.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The time from the start of the call to the end of the response. For a download: to its headers.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// The `x-request-id` of the response, or the header that the
    /// [`ErrorFormat`](crate::ErrorFormat::request_id_header) names. StackOne's support asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers, self.request_id_header.as_deref())
    }

    /// The preferences that the server says it applied (RFC 7240, section 3). The client removes heartbeats whether the
    /// server says so or not.
    #[must_use]
    pub fn applied(&self) -> Prefer {
        Prefer::applied(&self.headers)
    }
}

/// The request id of a response, in the header with this name or else in `x-request-id`.
pub(crate) fn request_id<'a>(headers: &'a HeaderMap, name: Option<&HeaderName>) -> Option<&'a str> {
    name.map_or_else(|| headers.get("x-request-id"), |name| headers.get(name))?.to_str().ok()
}

/// Without the headers, which may contain cookies.
impl fmt::Debug for ResponseHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseHead")
            .field("status", &self.status.as_u16())
            .field("heartbeats", &self.heartbeats)
            .field("attempts", &self.attempts)
            .field("elapsed", &self.elapsed)
            .finish_non_exhaustive()
    }
}
