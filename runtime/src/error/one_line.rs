//! Text of other programs in a message of one line.

use std::{error::Error as StdError, fmt, iter};

/// Text on one line, without control characters, cut after 300 characters.
pub(super) struct OneLine<T>(pub(super) T);

impl<T: fmt::Display> fmt::Display for OneLine<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&one_line(&self.0.to_string(), 300))
    }
}

/// Text on one line, without control characters, cut after so many characters.
pub(crate) fn one_line(text: &str, max_characters: usize) -> String {
    let words = text.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty());
    let mut line = words.collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(max_characters) {
        line.truncate(end);
        line.push_str("...");
    }
    line
}

/// The error and its sources.
pub(super) fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    iter::successors(Some(error), |&error| error.source())
}

/// The last source of an error. It has the reason that a person can act on, such as "Connection refused".
pub(super) fn root<'a>(error: &'a (dyn StdError + 'static)) -> OneLine<&'a (dyn StdError + 'static)> {
    OneLine(chain(error).last().unwrap_or(error))
}
