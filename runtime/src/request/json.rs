//! The JSON of a body.
//!
//! `serde_json` writes the floats. The rest is here because `serde_json` cannot leave out an absent
//! [`Patch`](crate::Patch) with its key, and writes `null` for a number that is not finite.

mod serializer;
mod text;

pub(super) use serializer::{Frame, JsonSerializer};

use super::EncodeError;
use crate::patch::ABSENT;
use serde::Serialize;

/// The names of the structs by which `serde_json` passes on a number or a text unchanged, with its features
/// `arbitrary_precision` and `raw_value`.
const VERBATIM: [&str; 2] = ["$serde_json::private::Number", "$serde_json::private::RawValue"];

/// Whether the only field of the struct is text to be written as it is.
pub(super) fn is_verbatim(name: &str) -> bool {
    VERBATIM.contains(&name)
}

/// A value that can be a JSON body.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a JSON body",
    label = "does not implement `serde::Serialize`",
    note = "add `#[derive(serde::Serialize)]` to `{Self}`, or the bound `serde::Serialize` if it is a type parameter",
    note = "for a body that is not JSON, write `#[body(content_type = \"...\")]`"
)]
pub trait JsonBody {
    /// Appends the value as JSON.
    ///
    /// # Errors
    ///
    /// The value contains something that JSON cannot contain, or its `Serialize` returns an error.
    fn write(&self, out: &mut Vec<u8>) -> Result<(), EncodeError>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> JsonBody for T {
    fn write(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.serialize(JsonSerializer::new(out))
    }
}

#[cfg(test)]
mod tests;
