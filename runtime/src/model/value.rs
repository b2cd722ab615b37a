//! What can be the value of a field, and how a reader and a writer see it without its type.
//!
//! The types of this file name each other.

use super::{Json, JsonObject, unexpected::Unexpected};
use crate::Base64;
use std::borrow::Cow;

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

/// What a value is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A string, a number or a boolean. The text describes it in errors.
    Scalar(&'static str),
    /// A list.
    List,
    /// An object.
    Object,
    /// Any JSON.
    Any,
}

impl Shape {
    pub(super) fn expected(self) -> &'static str {
        match self {
            Self::Scalar(text) => text,
            Self::List => "a list",
            Self::Object => "an object",
            Self::Any => "any JSON",
        }
    }
}

/// A type that a field can have. [`model!`](macro@crate::model) and its sisters implement it.
pub trait Value: Sized {
    /// What the value is made from. Only this function of the trait is called.
    const SHAPE: Shape;

    /// A value before it is read.
    #[must_use]
    fn empty() -> Self;

    /// For [`Shape::Scalar`]: `None` for a scalar of another kind.
    #[must_use]
    fn from_scalar(_: Scalar<'_>) -> Option<Self> {
        None
    }

    /// For [`Shape::Any`].
    ///
    /// # Errors
    ///
    /// The JSON is null, and null is no value of the type. The JSON comes back.
    fn from_json(json: Json) -> Result<Self, Json> {
        Err(json)
    }

    /// For [`Shape::List`]: reads the items into an empty value. A value is read where it stays, because a struct of many
    /// fields is expensive to move.
    ///
    /// # Errors
    ///
    /// An item cannot be read.
    fn read_list(&mut self, _: &mut dyn Items) -> Result<(), Failed> {
        Err(Failed)
    }

    /// For [`Shape::Object`]: reads the entries into an empty value.
    ///
    /// # Errors
    ///
    /// An entry cannot be read.
    fn read_object(&mut self, _: &mut dyn Objects) -> Result<(), Failed> {
        Err(Failed)
    }

    /// The value as it is written.
    fn node(&self) -> Node<'_>;
}

/// A struct with its table.
pub trait Model {
    /// The wire names of the fields.
    fn names(&self) -> &'static [&'static str];

    /// The fields, in the order of their names. The map of the further fields comes after them, if the struct has one.
    fn slots(&self) -> Slots<'_>;

    /// The values that do not have the declared type.
    fn unexpected(&self) -> &Unexpected;

    /// The fields that a document must have, if the struct is made to be sent.
    fn required(&self) -> Option<&'static [&'static str]> {
        None
    }
}

/// The fields of a struct, to write their values.
pub type Slots<'a> = Vec<&'a dyn Slot>;

/// The [`Slots`] of an array of any length, so that generated code needs no `Vec` of its own.
#[must_use]
pub fn slots<'a>(slots: &[&'a dyn Slot]) -> Slots<'a> {
    slots.to_vec()
}

/// A field, without its type.
pub trait Slot {
    /// What the value is made from.
    fn shape(&self) -> Shape;

    /// Reads null. False if null is no value of the field.
    fn null(&mut self) -> bool;

    /// Reads a scalar. False if it is not of the declared kind.
    fn scalar(&mut self, scalar: Scalar<'_>) -> bool;

    /// Reads any JSON.
    ///
    /// # Errors
    ///
    /// The JSON is not of the declared kind. It comes back.
    fn json(&mut self, json: Json) -> Result<(), Json>;

    /// Reads a list.
    ///
    /// # Errors
    ///
    /// An item cannot be read.
    fn list(&mut self, items: &mut dyn Items) -> Result<(), Failed>;

    /// Reads an object.
    ///
    /// # Errors
    ///
    /// An entry cannot be read.
    fn object(&mut self, entries: &mut dyn Objects) -> Result<(), Failed>;

    /// The value as it is written.
    fn node(&self) -> Node<'_>;

    /// Whether the field always has a value.
    fn is_required(&self) -> bool {
        false
    }
}

/// The value cannot be read. The reader that was called last has the error.
#[derive(Debug)]
pub struct Failed;

/// The items of a list.
pub trait Items {
    /// Reads the next item. False at the end.
    ///
    /// # Errors
    ///
    /// The item cannot be read.
    fn next(&mut self, item: &mut dyn Slot) -> Result<bool, Failed>;
}

/// The entries of an object.
pub trait Objects {
    /// Reads the next entry. `None` at the end.
    ///
    /// # Errors
    ///
    /// The entry cannot be read.
    fn next(&mut self, value: &mut dyn Slot) -> Result<Option<String>, Failed>;

    /// Reads all entries into the fields of a struct.
    ///
    /// # Errors
    ///
    /// An entry cannot be read, or a required field is missing.
    fn fields(&mut self, fields: Fields<'_, '_>) -> Result<(), Failed>;
}

/// The fields of a struct, to read their values.
#[expect(missing_debug_implementations, reason = "a field is known by its trait alone")]
pub struct Fields<'a, 's> {
    /// [`Model::names`].
    pub names: &'static [&'static str],
    /// [`Model::required`].
    pub required: Option<&'static [&'static str]>,
    /// The fields, in the order of [`Model::slots`].
    pub slots: &'a mut [&'s mut dyn Slot],
    /// The values that do not have the declared type.
    pub unexpected: &'a mut Unexpected,
}

/// A value as it is written.
pub enum Node<'a> {
    /// The field is left out.
    Absent,
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number that is not negative.
    Unsigned(u64),
    /// A whole number.
    Signed(i64),
    /// A number.
    Float(f64),
    /// Text.
    Text(Cow<'a, str>),
    /// Bytes, as base64 text.
    Base64(&'a Base64),
    /// Any JSON.
    Json(&'a Json),
    /// Any object.
    JsonObject(&'a JsonObject),
    /// A list.
    List(&'a dyn List),
    /// The entries of a map.
    Map(&'a dyn Map),
    /// A struct.
    Model(&'a dyn Model),
    /// A value that cannot be written, and why.
    Invalid(&'static str),
}

/// A list, without the type of its items.
pub trait List {
    /// The item of an index.
    fn item(&self, index: usize) -> Option<Node<'_>>;
}

/// A map, without the type of its values.
pub trait Map {
    /// The entries.
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, Node<'_>)> + '_>;
}
