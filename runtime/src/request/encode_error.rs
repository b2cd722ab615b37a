//! Why a value cannot be sent. The caller adds the operation and the field.

use std::{borrow::Cow, error::Error, fmt};

/// The reason, as the end of a sentence that starts with the name of the field. A reason that is a constant contains no part of the
/// value.
pub struct EncodeError {
    reason: Cow<'static, str>,
    /// The place in the value, as in `.status.value` or `.items[3]`. Empty for the value itself.
    path: String,
}

impl EncodeError {
    pub(super) fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self { reason: reason.into(), path: String::new() }
    }

    pub(super) fn not_finite() -> Self {
        Self::new(
            "is not a finite number, which a URL, a header and JSON cannot contain; send a finite number or leave it out",
        )
    }

    pub(super) fn display() -> Self {
        Self::new("cannot be serialized: its `Display` returns an error")
    }

    /// The same error for the object that has the value under `key`.
    pub(super) fn under(mut self, key: &str) -> Self {
        self.path.insert_str(0, key);
        self.path.insert(0, '.');
        self
    }

    /// The same error for the list that has the value at `index`.
    pub(super) fn at(mut self, index: usize) -> Self {
        self.path.insert_str(0, &format!("[{index}]"));
        self
    }

    /// The reason, and the place in the value.
    pub(super) fn into_parts(self) -> (Cow<'static, str>, String) {
        (self.reason, self.path)
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "(at {}) ", self.path)?;
        }
        f.write_str(&self.reason)
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
