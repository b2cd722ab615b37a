//! A decoded answer, with what HTTP said at hand.

use super::receive::Answer;
use crate::Prefer;
use http::{HeaderMap, StatusCode, response::Parts};
use std::{
    fmt,
    ops::{Deref, DerefMut},
};

/// A successful answer. It stands for its value, which [`into_inner`](Self::into_inner) takes out.
pub struct Response<T> {
    value: T,
    status: StatusCode,
    headers: HeaderMap,
    heartbeats: u64,
    attempts: u32,
}

impl<T> Response<T> {
    pub(super) fn new(value: T, answer: Answer) -> Self {
        let attempts = answer.context.progress.attempts();
        let Parts { status, headers, .. } = *answer.parts;
        Self { value, status, headers, heartbeats: answer.beats, attempts }
    }

    /// The status; any 2xx is a success.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How many heartbeats came before the document.
    #[must_use]
    pub fn heartbeats(&self) -> u64 {
        self.heartbeats
    }

    /// How many times the request was tried, the last included.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The `x-request-id` of the answer: what `StackOne`'s support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.headers.get("x-request-id")?.to_str().ok()
    }

    /// What the server says it applied of the caller's preferences (RFC 7240, section 3). Heartbeats are dropped whether
    /// it says so or not.
    #[must_use]
    pub fn applied(&self) -> Prefer {
        Prefer::applied(&self.headers)
    }

    /// The value alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

/// Without the headers, which can hold cookies.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status.as_u16())
            .field("heartbeats", &self.heartbeats)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}
