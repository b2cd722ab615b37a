//! The error of a body that cannot be decoded.

use std::fmt;

/// The body is not in the coding that its headers name. The message is the reason.
#[derive(Debug)]
pub(super) struct InvalidCoding(pub(super) &'static str);

impl fmt::Display for InvalidCoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it cannot be decompressed: {}", self.0)
    }
}

impl std::error::Error for InvalidCoding {}
