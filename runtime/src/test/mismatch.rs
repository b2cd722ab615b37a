//! The difference between what a test expects and what was sent.

use std::{error::Error as StdError, fmt};

/// Calls that were not expected, and expectations that were not met.
///
/// `Debug` and `Display` are the same text, so that `unwrap` prints lines. The text has the methods, paths and declared query
/// parameters of the requests, but no headers and no bodies.
pub struct Mismatch {
    pub(super) unexpected: Vec<String>,
    pub(super) unmet: Vec<String>,
    pub(super) received: Vec<String>,
    pub(super) expected: Vec<String>,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { unexpected, unmet, received, expected } = self;
        f.write_str("the calls are not the expected ones")?;
        let sections = [
            ("calls that were not expected", unexpected),
            ("expectations that were not met", unmet),
            ("all expectations", expected),
            ("all calls", received),
        ];
        for (title, lines) in sections {
            // The first two sections are what is wrong.
            match lines.as_slice() {
                [] if title.starts_with("all") => write!(f, "\n{title}: none")?,
                [] => {}
                lines => {
                    write!(f, "\n{title}:")?;
                    lines.iter().try_for_each(|line| write!(f, "\n  {line}"))?;
                }
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StdError for Mismatch {}
