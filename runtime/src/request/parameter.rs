//! Values on their way into a path, a query, a form or a header.

mod level;
mod serializer;
mod writer;

pub(super) use serializer::ParameterSerializer;
pub(super) use writer::{Escaping, ParameterWriter};

use super::EncodeError;
use crate::operation::SharedValues;
use serde::Serialize;

/// A value that can be a parameter: everything that serde writes as a scalar or a list of scalars, and an object where
/// the style has a form for objects.
///
/// Its method is the only code that is compiled for each type. Everything that it calls is compiled once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a parameter",
    label = "does not implement `serde::Serialize`",
    note = "strings, numbers, `bool`, `char`, `stackone::Timestamp`, unit enums, newtypes of these, and lists of them can",
    note = "for your own type, add `#[derive(serde::Serialize)]`; for a type parameter, the bound `serde::Serialize`"
)]
pub trait ParameterValue {
    /// The values of shared parameters, which stand for a field among the values of an operation.
    #[doc(hidden)]
    fn shared(&self) -> Option<&SharedValues<'_>> {
        None
    }

    #[doc(hidden)]
    fn encode(&self, serializer: ParameterSerializer<'_>) -> Result<(), EncodeError>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> ParameterValue for T {
    fn encode(&self, serializer: ParameterSerializer<'_>) -> Result<(), EncodeError> {
        self.serialize(serializer)
    }
}

#[diagnostic::do_not_recommend]
impl ParameterValue for SharedValues<'_> {
    fn shared(&self) -> Option<&SharedValues<'_>> {
        Some(self)
    }

    fn encode(&self, _: ParameterSerializer<'_>) -> Result<(), EncodeError> {
        Ok(())
    }
}
