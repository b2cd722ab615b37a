//! How the stand-in answers a request.

use super::{fail, scripted_body::End};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header::CONTENT_TYPE};
use serde::Serialize;
use std::{fmt, iter, time::Duration};

/// How a [`StandIn`](super::StandIn) answers a request.
///
/// ```
/// use std::time::Duration;
/// use stackone::test::Answer;
///
/// let answer = Answer::json(["a", "b"]).status(201).header("x-request-id", "r-1");
/// let slow = answer.clone().heartbeats(10, Duration::from_secs(15));
/// let cut = slow.clone().cut_after(4);
/// ```
///
/// The methods with `self` change a response. On an answer without a response, such as [`lost`](Self::lost), all of them except
/// [`delay`](Self::delay) panic.
#[derive(Clone)]
pub struct Answer {
    pub(super) delay: Duration,
    pub(super) reaction: Reaction,
}

#[derive(Clone)]
pub(super) enum Reaction {
    Respond(Scripted),
    NotSent,
    Lost,
    Never,
}

/// A response, with its course in time.
#[derive(Clone)]
pub(super) struct Scripted {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) heartbeats: u32,
    pub(super) interval: Duration,
    pub(super) document: Bytes,
    pub(super) end: End,
}

impl Scripted {
    /// The part of the document that arrives.
    pub(super) fn received(&self) -> Bytes {
        match self.end {
            End::Complete => self.document.clone(),
            End::Cut(length) | End::Stalled(length) => self.document.slice(..length.min(self.document.len())),
        }
    }
}

impl Answer {
    /// The status 200 with a JSON document: a value, or `serde_json::json!({..})`.
    ///
    /// # Panics
    ///
    /// The value cannot be written as JSON.
    #[must_use]
    #[track_caller]
    pub fn json(value: impl Serialize) -> Self {
        match serde_json::to_vec(&value) {
            Ok(document) => Self::bytes(document).header(CONTENT_TYPE, "application/json"),
            Err(error) => fail(format_args!("the value of `Answer::json` cannot be written as JSON: {error}")),
        }
    }

    /// The status 200 with a text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::bytes(text.into()).header(CONTENT_TYPE, "text/plain; charset=utf-8")
    }

    /// The status 200 with any bytes, without a `Content-Type`.
    #[must_use]
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::from(Response::new(bytes.into()))
    }

    /// A status without a body, such as 204.
    ///
    /// # Panics
    ///
    /// The number is not a status.
    #[must_use]
    #[track_caller]
    pub fn empty(status: u16) -> Self {
        Self::bytes(Bytes::new()).status(status)
    }

    /// An error in StackOne's format: `{"statusCode": 404, "message": "..", "timestamp": ".."}`, with this status.
    ///
    /// For the error of another API: `Answer::json(..).status(404)`.
    ///
    /// # Panics
    ///
    /// The number is not a status.
    #[must_use]
    #[track_caller]
    pub fn error(status: u16, message: impl Into<String>) -> Self {
        Self::error_envelope(status, message).status(status)
    }

    /// The document of [`Answer::error`] under the status 200: how StackOne reports an error after heartbeats. `status` is the one
    /// in the document.
    #[must_use]
    #[track_caller]
    pub fn error_envelope(status: u16, message: impl Into<String>) -> Self {
        let (message, timestamp) = (message.into(), "2026-01-01T00:00:00.000Z");
        Self::json(serde_json::json!({ "statusCode": status, "message": message, "timestamp": timestamp }))
    }

    /// No connection is made. The client knows that nothing was sent, and tries again.
    #[must_use]
    pub fn not_sent() -> Self {
        Self::without_response(Reaction::NotSent)
    }

    /// The connection is lost after the request is sent, and before the response. The server may have processed the request.
    #[must_use]
    pub fn lost() -> Self {
        Self::without_response(Reaction::Lost)
    }

    /// There is never a response. A time limit of the client ends the attempt.
    #[must_use]
    pub fn never() -> Self {
        Self::without_response(Reaction::Never)
    }

    /// The status of the response. Default: 200.
    ///
    /// # Panics
    ///
    /// The number is not a status.
    #[must_use]
    #[track_caller]
    pub fn status(mut self, status: u16) -> Self {
        match StatusCode::from_u16(status) {
            Ok(status) => self.response("status").status = status,
            Err(_) => fail(format_args!("`{status}` is not a status: use a number from 100 to 999")),
        }
        self
    }

    /// A header of the response. One with the same name is replaced.
    ///
    /// # Panics
    ///
    /// The name or the value is not that of a header.
    #[must_use]
    #[track_caller]
    pub fn header(mut self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        let Ok(name) = name.try_into() else { fail("`Answer::header`: the name cannot be the name of a header") };
        let Ok(value) = value.try_into() else {
            fail(format_args!("`Answer::header`: the value of `{name}` cannot be the value of a header"))
        };
        self.response("header").headers.insert(name, value);
        self
    }

    /// Heartbeats between the headers and the document: a newline after each interval. The document follows the last one at once.
    /// Default: none.
    ///
    /// # Panics
    ///
    /// The answer has no response.
    #[must_use]
    #[track_caller]
    pub fn heartbeats(mut self, count: u32, interval: Duration) -> Self {
        let response = self.response("heartbeats");
        (response.heartbeats, response.interval) = (count, interval);
        self
    }

    /// The time before the answer. For a response: before its headers. Default: none.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// The connection is lost after so many bytes of the document, and after all heartbeats. Default: the document is complete.
    ///
    /// # Panics
    ///
    /// The answer has no response.
    #[must_use]
    #[track_caller]
    pub fn cut_after(mut self, bytes: usize) -> Self {
        self.response("cut_after").end = End::Cut(bytes);
        self
    }

    /// Nothing arrives after so many bytes of the document, and the connection stays open. A time limit of the client ends the
    /// attempt. Default: the document is complete.
    ///
    /// # Panics
    ///
    /// The answer has no response.
    #[must_use]
    #[track_caller]
    pub fn stall_after(mut self, bytes: usize) -> Self {
        self.response("stall_after").end = End::Stalled(bytes);
        self
    }

    fn without_response(reaction: Reaction) -> Self {
        Self { delay: Duration::ZERO, reaction }
    }

    #[track_caller]
    fn response(&mut self, method: &str) -> &mut Scripted {
        match &mut self.reaction {
            Reaction::Respond(response) => response,
            _ => fail(format_args!("`Answer::{method}` changes a response, and this answer has none")),
        }
    }
}

/// A response, as it is.
impl<T: Into<Bytes>> From<Response<T>> for Answer {
    fn from(response: Response<T>) -> Self {
        let (head, document) = response.into_parts();
        let scripted = Scripted {
            status: head.status,
            headers: head.headers,
            heartbeats: 0,
            interval: Duration::ZERO,
            document: document.into(),
            end: End::Complete,
        };
        Self { delay: Duration::ZERO, reaction: Reaction::Respond(scripted) }
    }
}

/// The answer alone, so that one answer and a list of answers are passed in the same way.
impl IntoIterator for Answer {
    type Item = Self;
    type IntoIter = iter::Once<Self>;

    fn into_iter(self) -> Self::IntoIter {
        iter::once(self)
    }
}

/// Without headers and body.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reaction {
            Reaction::Respond(response) => write!(f, "Answer({})", response.status.as_u16()),
            Reaction::NotSent => f.write_str("Answer(not sent)"),
            Reaction::Lost => f.write_str("Answer(lost)"),
            Reaction::Never => f.write_str("Answer(never)"),
        }
    }
}
