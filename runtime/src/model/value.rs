//! What can be the value of a field.

use super::{
    Json,
    node::Node,
    read::{Failed, Items, Objects},
    slot::{Shape, Slot},
    unexpected::Unexpected,
};

/// A string, a number or a boolean of a document.
#[derive(Debug, Clone, Copy)]
pub enum Scalar<'a> {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number that is not negative.
    Unsigned(u64),
    /// A negative whole number.
    Signed(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(&'a str),
}

/// A type that a field can have. [`model!`](macro@crate::model) and its sisters implement it.
pub trait Value: Sized {
    /// What the value is made from. Only this function of the trait is called.
    const SHAPE: Shape;

    /// The value of a required field until it is read.
    #[must_use]
    fn empty() -> Self;

    /// For [`Shape::Scalar`]: `None` for a scalar of another kind.
    #[must_use]
    fn from_scalar(_: Scalar<'_>) -> Option<Self> {
        None
    }

    /// For [`Shape::Any`]: `None` for null where null is no value.
    #[must_use]
    fn from_json(_: Json) -> Option<Self> {
        None
    }

    /// For [`Shape::List`].
    ///
    /// # Errors
    ///
    /// An item cannot be read.
    fn from_list(_: &mut dyn Items) -> Result<Self, Failed> {
        Err(Failed)
    }

    /// For [`Shape::Object`].
    ///
    /// # Errors
    ///
    /// An entry cannot be read.
    fn from_object(_: &mut dyn Objects) -> Result<Self, Failed> {
        Err(Failed)
    }

    /// The value as it is written.
    fn node(&self) -> Node<'_>;
}

/// A struct with its table.
pub trait Model {
    /// The wire names, in the order of the indices.
    fn names(&self) -> &'static [&'static str];

    /// The field of an index, to read a value into it.
    fn slot_mut(&mut self, index: usize) -> Option<&mut dyn Slot>;

    /// The field of an index, to write its value.
    fn slot(&self, index: usize) -> Option<&dyn Slot>;

    /// The values that do not have the declared type.
    fn unexpected_mut(&mut self) -> &mut Unexpected;

    /// The values that do not have the declared type.
    fn unexpected(&self) -> &Unexpected;

    /// The fields that a document must have, if the struct is made to be sent.
    fn required(&self) -> Option<&'static [&'static str]> {
        None
    }
}
