//! The error type: opaque, with a public kind for each phase.

mod accessors;
mod api_error;
mod failure;
mod kind;
mod message;
mod one_line;
mod outcome;

pub(crate) use api_error::text_of_page;
pub use api_error::{ApiError, ProviderError};
pub(crate) use failure::{BoxError, Cause, ExchangeReport};
pub use kind::{ErrorKind, TimeoutKind};
pub(crate) use one_line::one_line;

use std::{borrow::Cow, error::Error as StdError, fmt};

/// An error of building, sending or decoding.
///
/// [`kind`](Self::kind) is the phase that failed. Its [`Display`](fmt::Display) is one line: the operation, what happened,
/// the reason, the request id and the number of attempts. The reason is the text of the underlying error, so
/// [`source`](StdError::source) does not repeat it; [`get_ref`](Self::get_ref) returns the underlying error itself, as
/// `std::io::Error::get_ref` does.
///
/// No error shows the credentials, a header of the request, or a body. Only a body that is not JSON, although it should be,
/// shows its title or first words. [`raw_body`](Self::raw_body) returns the body of the
/// response to those who want to see it.
///
#[cfg_attr(feature = "test", doc = "```")]
#[cfg_attr(not(feature = "test"), doc = "```ignore")]
/// use stackone::{ErrorKind, stackone_operation, test::{Answer, StandIn}};
///
/// #[stackone_operation(method = "DELETE", path = "/users/{id}")]
/// struct DeleteUserRequest {
///     #[path] id: String,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let stand_in = StandIn::new();
/// stand_in.expect::<DeleteUserRequest>([Answer::error(409, "The user has an open request"), Answer::error(500, "Try later")]);
/// let client = stand_in.client();
/// let operation = DeleteUserRequest::builder().id("usr_1").build();
///
/// let error = client.send(&operation).await.unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Api);
/// assert_eq!(error.to_string(), "delete_user: 409 Conflict: The user has an open request");
/// assert!(!error.outcome_unknown());
///
/// // The server failed, and does not say whether it deleted the user.
/// assert!(client.send(&operation).await.unwrap_err().outcome_unknown());
/// # }
/// ```
pub struct Error(Box<Inner>);

struct Inner {
    operation: Option<&'static str>,
    detail: Detail,
}

enum Detail {
    Build { field: Option<&'static str>, message: Cow<'static, str> },
    Failure(failure::Failure),
}

impl Error {
    /// The error of a value that cannot be sent. `message` must not contain a sensitive value.
    pub(crate) fn build(
        operation: &'static str,
        field: Option<&'static str>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self(Box::new(Inner { operation: Some(operation), detail: Detail::Build { field, message: message.into() } }))
    }

    /// The phase that failed.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match &self.0.detail {
            Detail::Build { .. } => ErrorKind::Build,
            Detail::Failure(failure) => failure.kind(),
        }
    }

    /// The id of the operation. `None` if the client could not be built.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// The field of the request struct whose value cannot be sent. `None` for every other error.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match &self.0.detail {
            Detail::Build { field, .. } => *field,
            Detail::Failure(_) => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{operation}: ")?;
        }
        match &self.0.detail {
            Detail::Build { field: Some(field), message } => write!(f, "`{field}` {message}"),
            Detail::Build { field: None, message } => f.write_str(message),
            Detail::Failure(failure) => failure.fmt(f),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error").field("kind", &self.kind()).field("message", &format_args!("{self}")).finish()
    }
}

impl StdError for Error {}
