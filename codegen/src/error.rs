//! Errors and warnings, with their place.

use std::fmt;

/// Why no source can be generated. The message starts with the file, the line and the JSON pointer, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    place: Place,
    message: String,
}

/// A place in a file. Unknown parts are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: Option<usize>,
    pub(crate) pointer: String,
}

impl Error {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { place: Place::default(), message: message.into() }
    }

    pub(crate) fn at(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into() }
    }

    pub(crate) fn io(path: &std::path::Path, error: &std::io::Error) -> Self {
        let place = Place { file: path.display().to_string(), ..Place::default() };
        Self::at(place, error.to_string())
    }

    /// The name of the file with the error. Empty if no file is at fault.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.place.file
    }

    /// The line of the error, counted from 1. `None` if it is unknown.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.place.line
    }

    /// The JSON pointer of the error. Empty for the whole file, and for a file that cannot be parsed.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.place.pointer
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.place, self.message)
    }
}

impl std::error::Error for Error {}

/// Writes the known parts, each followed by a colon and a space.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            _ if self.file.is_empty() => {}
            Some(line) => write!(f, "{}:{line}: ", self.file)?,
            None => write!(f, "{}: ", self.file)?,
        }
        if self.pointer.is_empty() { Ok(()) } else { write!(f, "{}: ", self.pointer) }
    }
}

/// A part of the document that the source does not express, or a name that no longer applies.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Warning {
    /// The file: the document, or the names file.
    pub file: String,
    /// The line of the part, counted from 1. `None` if it is unknown.
    pub line: Option<usize>,
    /// The JSON pointer of the part.
    pub pointer: String,
    /// Why the part cannot be expressed.
    pub reason: String,
    /// What the source has instead, or what to do.
    pub result: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = Place { file: self.file.clone(), line: self.line, pointer: self.pointer.clone() };
        write!(f, "{place}{}; {}", self.reason, self.result)
    }
}
