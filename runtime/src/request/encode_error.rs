//! Why a value cannot be sent. The caller adds which operation and field it was.

use std::{borrow::Cow, error::Error, fmt};

/// The reason, as the end of a sentence that begins with the field's name.
///
/// Boxed: every value that is written answers with one or without, and without has to be cheap.
pub struct EncodeError(Box<Inner>);

struct Inner {
    reason: Cow<'static, str>,
    /// Where in the value: `.status.value`, `.items[3]`; empty at its top.
    path: String,
}

impl EncodeError {
    pub(super) fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner { reason: reason.into(), path: String::new() }))
    }

    pub(super) fn not_finite() -> Self {
        Self::new(
            "is not a finite number, and neither a URL, a header nor JSON can say that; send a finite one or leave it out",
        )
    }

    pub(super) fn display() -> Self {
        Self::new("cannot be serialized: its `Display` gives an error")
    }

    /// The same problem seen from the object that holds the value under `key`.
    pub(super) fn under(mut self, key: &str) -> Self {
        self.0.path.insert_str(0, key);
        self.0.path.insert(0, '.');
        self
    }

    /// The same problem seen from the list that holds the value.
    pub(super) fn at(mut self, index: usize) -> Self {
        self.0.path.insert_str(0, &format!("[{index}]"));
        self
    }

    /// The reason and the path within the value.
    pub(super) fn into_parts(self) -> (Cow<'static, str>, String) {
        (self.0.reason, self.0.path)
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "(at {}) ", self.0.path)?;
        }
        f.write_str(&self.0.reason)
    }
}

impl fmt::Debug for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for EncodeError {}

impl serde::ser::Error for EncodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(format!("cannot be serialized: {message}"))
    }
}
