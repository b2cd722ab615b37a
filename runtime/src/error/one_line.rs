//! Text of other programs in a message of one line.

use std::{error::Error as StdError, fmt, iter};

/// Text on one line, without control characters, cut after 300 characters.
pub(super) struct OneLine<T>(pub(super) T);

impl<T: fmt::Display> fmt::Display for OneLine<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MAX_CHARACTERS: usize = 300;
        let text = self.0.to_string();
        let words = text.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty());
        let line = words.collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(MAX_CHARACTERS) {
            Some((end, _)) => write!(f, "{}...", &line[..end]),
            None => f.write_str(&line),
        }
    }
}

/// The error and its sources.
pub(super) fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    iter::successors(Some(error), |&error| error.source())
}

/// The last source of an error. It has the reason that a person can act on, such as "Connection refused".
pub(super) fn root<'a>(error: &'a (dyn StdError + 'static)) -> OneLine<&'a (dyn StdError + 'static)> {
    OneLine(chain(error).last().unwrap_or(error))
}
