//! How an API reports errors.

use http::{HeaderName, StatusCode};
use serde_json::Value;
use std::{borrow::Cow, fmt, sync::Arc};

/// How an API reports errors: which bodies under a 2xx status are errors, where the message, the code and the request id
/// are, and which statuses may be retried.
///
/// The default is [`stackone`](Self::stackone). For another API, start with [`http`](Self::http). Slack answers with status
/// 200 and `{"ok": false, "error": "channel_not_found"}`:
///
/// ```
/// use stackone::{Client, ErrorFormat};
///
/// let slack = ErrorFormat::http()
///     .error_envelope("ok", |ok| ok.as_bool() == Some(false))
///     .message("/error")
///     .code("/error")
///     .status_of_code(|code| Some(match code {
///         "ratelimited" => 429,
///         "invalid_auth" | "not_authed" | "token_expired" => 401,
///         "internal_error" | "fatal_error" => 500,
///         _ => 400,
///     }))
///     .request_id_header("x-slack-req-id");
/// let client = Client::builder().base_url("https://slack.com/api").bearer_token("xoxb-1").error_format(slack);
/// ```
///
/// Bodies of error responses are read leniently, whatever the format: where it does not say where the message is, or the
/// body has none there, [`ApiError::message`](crate::ApiError::message) is the most useful text of the body. Places in a
/// body are JSON Pointers (RFC 6901), as in `/error/message` or `/errors/0/code`.
#[derive(Clone)]
pub struct ErrorFormat {
    envelope: Envelope,
    message: Option<Cow<'static, str>>,
    code: Option<Cow<'static, str>>,
    request_id: Option<Cow<'static, str>>,
    /// `None` for `x-request-id`.
    request_id_header: Option<Arc<HeaderName>>,
    status_of_code: Option<Arc<StatusOfCode>>,
    retry_statuses: Cow<'static, [u16]>,
    invalid: Option<&'static str>,
}

type StatusOfCode = dyn Fn(&str) -> Option<u16> + Send + Sync;
type IsError = dyn Fn(&Value) -> bool + Send + Sync;

/// Which bodies under a 2xx status are errors.
#[derive(Clone)]
pub(crate) enum Envelope {
    None,
    /// `statusCode` of 400 or more with `message`.
    StackOne,
    Field {
        name: Cow<'static, str>,
        is_error: Arc<IsError>,
    },
}

/// What a body says about an error, apart from the message that a lenient reader finds.
#[derive(Default)]
pub(crate) struct Located<'a> {
    pub(crate) message: Option<&'a Value>,
    pub(crate) code: Option<String>,
    pub(crate) request_id: Option<String>,
}

impl ErrorFormat {
    /// Only the status says whether a response is an error.
    #[must_use]
    pub fn http() -> Self {
        Self {
            envelope: Envelope::None,
            message: None,
            code: None,
            request_id: None,
            request_id_header: None,
            status_of_code: None,
            retry_statuses: Cow::Borrowed(&[408, 429, 502, 503, 504]),
            invalid: None,
        }
    }

    /// StackOne's format: under a 2xx status, an object with a `statusCode` of 400 or more and a `message` is an error with
    /// that status. An operation with `passthrough` is not checked.
    #[must_use]
    pub fn stackone() -> Self {
        Self { envelope: Envelope::StackOne, ..Self::http() }
    }

    /// A JSON object under a 2xx status is an error if it has the field `name`, and `is_error` returns `true` for the value
    /// of the field. An operation with `passthrough` is not checked.
    ///
    /// The status of such an error is that of the response, unless [`status_of_code`](Self::status_of_code) returns
    /// another. A write is never sent again after it.
    #[must_use]
    pub fn error_envelope(
        mut self,
        name: impl Into<Cow<'static, str>>,
        is_error: impl Fn(&Value) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.envelope = Envelope::Field { name: name.into(), is_error: Arc::new(is_error) };
        self
    }

    /// The place of the message. Default: the first of the usual fields that has a text.
    #[must_use]
    pub fn message(mut self, pointer: impl Into<Cow<'static, str>>) -> Self {
        self.message = Some(self.pointer(pointer));
        self
    }

    /// The place of the code: text, or a number. [`ApiError::code`](crate::ApiError::code) returns it. Default: none.
    #[must_use]
    pub fn code(mut self, pointer: impl Into<Cow<'static, str>>) -> Self {
        self.code = Some(self.pointer(pointer));
        self
    }

    /// The place of the request id in the body of an error. Default: none.
    #[must_use]
    pub fn request_id(mut self, pointer: impl Into<Cow<'static, str>>) -> Self {
        self.request_id = Some(self.pointer(pointer));
        self
    }

    /// The response header with the request id. It is preferred to the one in the body. Default: `x-request-id`.
    #[must_use]
    pub fn request_id_header(mut self, name: impl TryInto<HeaderName>) -> Self {
        match name.try_into() {
            Ok(name) => self.request_id_header = Some(Arc::new(name)),
            Err(_) => self.invalid = Some("the name of the header with the request id is not a header name"),
        }
        self
    }

    /// The HTTP status that an error code under a 2xx status stands for. The retry policy,
    /// [`outcome_unknown`](crate::Error::outcome_unknown) and the renewal of credentials after a 401 use it. Default: the
    /// status of the response.
    #[must_use]
    pub fn status_of_code(mut self, status: impl Fn(&str) -> Option<u16> + Send + Sync + 'static) -> Self {
        self.status_of_code = Some(Arc::new(status));
        self
    }

    /// The statuses that may be retried. 429 is retried for every operation, because the server refused the request. The
    /// others are retried only for idempotent operations. Default: 408, 429, 502, 503 and 504.
    #[must_use]
    pub fn retry_statuses(mut self, statuses: impl Into<Vec<u16>>) -> Self {
        self.retry_statuses = Cow::Owned(statuses.into());
        self
    }

    fn pointer(&mut self, pointer: impl Into<Cow<'static, str>>) -> Cow<'static, str> {
        let pointer = pointer.into();
        if !pointer.starts_with('/') {
            self.invalid = Some("a place in a body starts with a slash, as in `/error/message`");
        }
        pointer
    }

    /// Why the format cannot be used.
    pub(crate) fn invalid(&self) -> Option<&'static str> {
        self.invalid
    }

    pub(crate) fn envelope(&self) -> &Envelope {
        &self.envelope
    }

    pub(crate) fn header_of_request_id(&self) -> Option<Arc<HeaderName>> {
        self.request_id_header.clone()
    }

    pub(crate) fn retries(&self, status: StatusCode) -> bool {
        self.retry_statuses.contains(&status.as_u16())
    }

    /// The status of an error. The status line decides, unless it says success.
    pub(crate) fn status(&self, status: StatusCode, code: Option<&str>) -> StatusCode {
        let mapped = || StatusCode::from_u16(self.status_of_code.as_ref()?(code?)?).ok();
        if status.is_success() { mapped().unwrap_or(status) } else { status }
    }

    pub(crate) fn locate<'a>(&self, document: &'a Value) -> Located<'a> {
        let at = |pointer: &Option<Cow<'_, str>>| document.pointer(pointer.as_deref()?);
        Located {
            message: at(&self.message),
            code: at(&self.code).and_then(scalar),
            request_id: at(&self.request_id).and_then(scalar),
        }
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// StackOne's format.
impl Default for ErrorFormat {
    fn default() -> Self {
        Self::stackone()
    }
}

impl fmt::Debug for ErrorFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let envelope = match &self.envelope {
            Envelope::None => "none",
            Envelope::StackOne => "statusCode",
            Envelope::Field { name, .. } => name,
        };
        f.debug_struct("ErrorFormat")
            .field("error_envelope", &envelope)
            .field("message", &self.message)
            .field("code", &self.code)
            .field("request_id", &self.request_id)
            .field("request_id_header", &self.request_id_header)
            .field("retry_statuses", &self.retry_statuses)
            .finish_non_exhaustive()
    }
}
