//! The one error type, opaque, with a public kind by phase.

use std::{borrow::Cow, error::Error as StdError, fmt};

/// What went wrong, where, and what it means for the caller.
pub struct Error(Box<Inner>);

struct Inner {
    operation: Option<&'static str>,
    detail: Detail,
}

/// What is known beyond the kind. One variant for each [`ErrorKind`].
enum Detail {
    Build { field: Option<&'static str>, message: Cow<'static, str> },
}

/// The phase in which a call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request could not be built from its values; nothing was sent.
    Build,
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
        match self.0.detail {
            Detail::Build { .. } => ErrorKind::Build,
        }
    }

    /// The id of the operation.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// The field whose value could not be sent.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self.0.detail {
            Detail::Build { field, .. } => field,
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
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error").field("kind", &self.kind()).field("message", &format_args!("{self}")).finish()
    }
}

impl StdError for Error {}
