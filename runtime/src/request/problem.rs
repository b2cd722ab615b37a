//! Why a value cannot be sent. The caller adds which operation and field it was.

use std::{borrow::Cow, error::Error, fmt};

/// The reason, as the end of a sentence that begins with the field's name.
pub struct Problem {
    reason: Cow<'static, str>,
    /// Where in a body: `.status.value`, `.items[3]`; empty at its top.
    path: String,
}

impl Problem {
    pub(super) fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self { reason: reason.into(), path: String::new() }
    }

    pub(super) fn not_finite() -> Self {
        Self::new(
            "is not a finite number, and neither a URL, a header nor JSON can say that; send a finite one or leave it out",
        )
    }

    /// The same problem seen from the object that holds the value under `key`.
    pub(super) fn under(mut self, key: &str) -> Self {
        self.path.insert_str(0, key);
        self.path.insert(0, '.');
        self
    }

    /// The same problem seen from the list that holds the value.
    pub(super) fn at(mut self, index: usize) -> Self {
        self.path.insert_str(0, &format!("[{index}]"));
        self
    }

    /// The reason and the path within the value.
    pub(super) fn into_parts(self) -> (Cow<'static, str>, String) {
        (self.reason, self.path)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "(at {}) ", self.path)?;
        }
        f.write_str(&self.reason)
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for Problem {}

impl serde::ser::Error for Problem {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(format!("cannot be serialized: {message}"))
    }
}
