//! Values as they are written: compared and formatted, without their types.

use super::value::{List, Map, Model, Node, Slot};
use std::fmt;

impl Node<'_> {
    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl dyn List + '_ {
    pub(super) fn items(&self) -> impl Iterator<Item = Node<'_>> {
        (0..).map_while(|index| self.item(index))
    }
}

/// The fields that are written, and the further fields.
fn fields(model: &dyn Model) -> impl Iterator<Item = (&str, Node<'_>)> {
    let (names, slots) = (model.names(), model.slots());
    let map = slots.get(names.len()).and_then(|map| further(*map));
    let declared = names.iter().zip(slots).map(|(&name, slot)| (name, slot.node()));
    declared.filter(|(_, node)| !node.is_absent()).chain(map.into_iter().flat_map(Map::entries))
}

/// The map of further fields.
pub(super) fn further(slot: &dyn Slot) -> Option<&dyn Map> {
    if let Node::Map(map) = slot.node() { Some(map) } else { None }
}

/// Formats a struct for `Debug`. Absent fields are left out.
///
/// # Errors
///
/// The errors of the formatter.
pub fn debug(name: &str, model: &dyn Model, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut out = f.debug_struct(name);
    fields(model).for_each(|(name, node)| _ = out.field(name, &node));
    if !model.unexpected().is_empty() {
        out.field("unexpected", model.unexpected());
    }
    out.finish()
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("absent"),
            Self::Null => f.write_str("null"),
            Self::Bool(value) => value.fmt(f),
            Self::Unsigned(value) => value.fmt(f),
            Self::Signed(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
            Self::Text(value) => value.fmt(f),
            Self::Base64(value) => value.fmt(f),
            Self::Json(value) => value.fmt(f),
            Self::JsonObject(value) => value.fmt(f),
            Self::List(list) => f.debug_list().entries(list.items()).finish(),
            Self::Map(map) => f.debug_map().entries(map.entries()).finish(),
            Self::Model(model) => {
                let mut out = f.debug_map();
                out.entries(fields(*model));
                out.finish()
            }
            Self::Invalid(reason) => f.write_str(reason),
        }
    }
}

/// Whether two structs of one type are equal.
#[must_use]
pub fn same(left: &dyn Model, right: &dyn Model) -> bool {
    left.unexpected() == right.unexpected()
        && left.slots().iter().zip(right.slots()).all(|(left, right)| left.node() == right.node())
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Absent, Self::Absent) | (Self::Null, Self::Null) => true,
            (Self::Bool(left), Self::Bool(right)) => left == right,
            (Self::Unsigned(left), Self::Unsigned(right)) => left == right,
            (Self::Signed(left), Self::Signed(right)) => left == right,
            (Self::Float(left), Self::Float(right)) => left == right,
            (Self::Text(left), Self::Text(right)) => left == right,
            (Self::Base64(left), Self::Base64(right)) => left == right,
            (Self::Json(left), Self::Json(right)) => left == right,
            (Self::JsonObject(left), Self::JsonObject(right)) => left == right,
            (Self::List(left), Self::List(right)) => left.items().eq(right.items()),
            (Self::Map(left), Self::Map(right)) => left.entries().eq(right.entries()),
            (Self::Model(left), Self::Model(right)) => same(*left, *right),
            (Self::Invalid(left), Self::Invalid(right)) => left == right,
            _ => false,
        }
    }
}
