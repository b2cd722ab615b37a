//! The error that a server answered with.

mod from_body;
mod json_text;
mod markup;

pub(crate) use markup::text as text_of_page;

use super::one_line::OneLine;
use http::StatusCode;
use serde_json::Value;
use std::{error::Error as StdError, fmt};

/// An error that the server answered with.
///
/// StackOne's error is `{"statusCode": 400, "message": "...", "timestamp": "..."}`, often with `data` and
/// `provider_errors`. Other servers send `{"error": "..."}`, `title` and `detail` (RFC 9457), HTML, or no body. The status
/// is always the server's, and [`message`](Self::message) is the most useful text of the body.
#[derive(Clone)]
pub struct ApiError {
    status: StatusCode,
    message: String,
    code: Option<String>,
    request_id: Option<String>,
    has_retry_status: bool,
    timestamp: Option<String>,
    data: Option<Value>,
    provider_errors: Vec<ProviderError>,
}

/// The error of a provider behind a unified API.
#[derive(Clone, Default)]
pub struct ProviderError {
    status: Option<u16>,
    url: Option<String>,
    raw: Option<Value>,
    headers: Option<Value>,
}

impl ApiError {
    /// The status of the response. For an error envelope under a 2xx status: the status in the envelope, or the one that
    /// [`ErrorFormat::status_of_code`](crate::ErrorFormat::status_of_code) returns.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The server's message, or else the most useful text of the body, or else the name of the status. Never empty.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The error's code, as in `channel_not_found`. `None` unless the [`ErrorFormat`](crate::ErrorFormat::code) says where
    /// it is.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The request id in the body. `None` unless the [`ErrorFormat`](crate::ErrorFormat::request_id) says where it is.
    /// [`Error::request_id`](crate::Error::request_id) also knows the one in the headers.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The time of the error, as the server wrote it.
    #[must_use]
    pub fn timestamp(&self) -> Option<&str> {
        self.timestamp.as_deref()
    }

    /// The server's details: any JSON.
    #[must_use]
    pub fn data(&self) -> Option<&Value> {
        self.data.as_ref()
    }

    /// The errors of the providers to which the server passed the request.
    #[must_use]
    pub fn provider_errors(&self) -> &[ProviderError] {
        &self.provider_errors
    }
}

impl ApiError {
    /// Whether the error format says that the status may be retried.
    pub(crate) fn has_retry_status(&self) -> bool {
        self.has_retry_status
    }

    /// Replaces the message if `replace` returns another.
    #[cfg(feature = "client")]
    pub(crate) fn replace_message(&mut self, replace: impl FnOnce(&str) -> Option<String>) {
        if let Some(message) = replace(&self.message) {
            self.message = message;
        }
    }
}

impl ProviderError {
    /// The provider's status.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The URL of the provider that the server called.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// The provider's response: any JSON.
    #[must_use]
    pub fn raw(&self) -> Option<&Value> {
        self.raw.as_ref()
    }

    /// The headers of the provider's response.
    #[must_use]
    pub fn headers(&self) -> Option<&Value> {
        self.headers.as_ref()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.status.canonical_reason().unwrap_or_default();
        write!(f, "{}", self.status.as_u16())?;
        if !name.is_empty() {
            write!(f, " {name}")?;
        }
        if self.message != name {
            write!(f, ": {}", OneLine(&self.message))?;
        }
        Ok(())
    }
}

/// The status and the message. The rest may be long and may contain cookies.
impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.status.as_u16())
            .field("message", &format_args!("{}", OneLine(&self.message)))
            .field("provider_errors", &self.provider_errors)
            .finish_non_exhaustive()
    }
}

/// The status alone. The query of the URL may contain a token.
impl fmt::Debug for ProviderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderError").field("status", &self.status).finish_non_exhaustive()
    }
}

impl StdError for ApiError {}

impl fmt::Display for ProviderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.status {
            Some(status) => write!(f, "the provider answered with status {status}"),
            None => f.write_str("the provider answered with an error"),
        }
    }
}

impl StdError for ProviderError {}
