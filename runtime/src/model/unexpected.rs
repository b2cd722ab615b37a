//! Values that do not have the declared type.

use super::Json;
use std::{collections::BTreeMap, fmt};

/// The values of an object that do not have the declared type, as they arrived. Each is found by its JSON pointer (RFC 6901)
/// inside the object: `/hired_at`, or `/tags/1` for an item of a list.
///
/// The field of such a value is `None`, and a list does not contain such an item. When the object is written, each of these
/// values is written too, unless its field has been set since.
#[derive(Clone, Default, PartialEq)]
pub struct Unexpected(
    /// In the order of the document, because the items of a list are put back in this order. Boxed, because it is empty in
    /// almost every object.
    #[expect(clippy::box_collection, reason = "an empty collection must not make each object larger")]
    Option<Box<Vec<(String, Json)>>>,
);

impl Unexpected {
    /// The value at a JSON pointer inside the object.
    #[must_use]
    pub fn get(&self, pointer: &str) -> Option<&Json> {
        self.iter().find(|(at, _)| *at == pointer).map(|(_, value)| value)
    }

    /// The pointers and the values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().flat_map(|values| values.iter()).map(|(at, value)| (&**at, value))
    }

    /// Whether every value has its declared type.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Removes all values.
    pub fn clear(&mut self) {
        self.0 = None;
    }

    /// The pointers and the values by pointer.
    #[must_use]
    pub fn to_map(&self) -> BTreeMap<&str, &Json> {
        self.iter().collect()
    }

    /// Adds a value, or replaces the value of the same pointer.
    pub(crate) fn insert(&mut self, pointer: String, value: Json) {
        let values = self.0.get_or_insert_default();
        match values.iter_mut().find(|(at, _)| *at == pointer) {
            Some((_, old)) => *old = value,
            None => values.push((pointer, value)),
        }
    }

    /// The values under a pointer, with the rest of their pointers.
    pub(super) fn under<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a str, &'a Json)> {
        self.iter().filter_map(move |(at, value)| {
            let rest = at.strip_prefix('/')?.strip_prefix(name)?;
            (rest.is_empty() || rest.starts_with('/')).then_some((rest, value))
        })
    }
}

impl fmt::Debug for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// One step of a JSON pointer.
pub(crate) fn escape(name: &str) -> String {
    if name.contains(['~', '/']) { name.replace('~', "~0").replace('/', "~1") } else { name.to_owned() }
}

/// The name of one step of a JSON pointer.
pub(super) fn unescape(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}
