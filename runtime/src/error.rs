//! The one error type, opaque, with a public kind by phase.

#[cfg(feature = "client")]
mod api;
#[cfg(feature = "client")]
mod failure;
mod kind;

#[cfg(feature = "client")]
pub use api::{ApiError, ProviderError};
#[cfg(feature = "client")]
pub(crate) use failure::{BoxError, Cause, Exchange};
pub use kind::{ErrorKind, TimeoutKind};

use std::{borrow::Cow, error::Error as StdError, fmt};

/// What went wrong, where, and what it means for the caller.
///
/// It never holds the API key, a header of the request or its body, and its [`Display`](fmt::Display) is one line
/// without the bodies of answers: these are at hand in `raw_body` for those who want to look.
pub struct Error(Box<Inner>);

struct Inner {
    operation: Option<&'static str>,
    detail: Detail,
}

/// What is known beyond the operation.
enum Detail {
    Build {
        field: Option<&'static str>,
        message: Cow<'static, str>,
    },
    #[cfg(feature = "client")]
    Failure(failure::Failure),
}

impl Error {
    /// A value that cannot be sent as it is. `message` never holds a sensitive value.
    pub(crate) fn build(
        operation: &'static str,
        field: Option<&'static str>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self(Box::new(Inner { operation: Some(operation), detail: Detail::Build { field, message: message.into() } }))
    }

    /// The phase in which the call failed.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match &self.0.detail {
            Detail::Build { .. } => ErrorKind::Build,
            #[cfg(feature = "client")]
            Detail::Failure(failure) => failure.kind(),
        }
    }

    /// The id of the operation; `None` if the client itself could not be made.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// The field that is at fault: of the operation if its value could not be sent, or the path of the field in the
    /// answer, as in `data[3].status`, if that could not be decoded.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match &self.0.detail {
            Detail::Build { field, .. } => *field,
            #[cfg(feature = "client")]
            Detail::Failure(failure) => failure.path(),
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
            #[cfg(feature = "client")]
            Detail::Failure(failure) => failure.fmt(f),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error").field("kind", &self.kind()).field("message", &format_args!("{self}")).finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0.detail {
            Detail::Build { .. } => None,
            #[cfg(feature = "client")]
            Detail::Failure(failure) => failure.source(),
        }
    }
}
