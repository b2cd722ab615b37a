//! Responses in pages.

use crate::Operation;
use serde::{Deserialize, Serialize};

/// An operation that requests a page by its cursor.
///
/// The attribute implements it for a struct that has a field with `#[query(cursor)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no field for the cursor",
    note = "mark the field with `#[query(cursor)]`"
)]
pub trait Paginated: Operation {
    /// Sets the cursor of the page to request.
    fn set_cursor(&mut self, cursor: String);
}

/// The type of a field that holds a cursor. For generated code.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold a cursor",
    label = "does not implement `From<String>`",
    note = "a cursor is text from the API: make the field an `Option<String>`"
)]
pub trait Cursor {
    /// The value of the field.
    fn from_cursor(cursor: String) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: From<String>> Cursor for T {
    fn from_cursor(cursor: String) -> Self {
        cursor.into()
    }
}

/// A response that is one page of several.
///
/// ```
/// use stackone::page::Page;
///
/// struct Users { users: Vec<String>, after: Option<String> }
///
/// impl Page for Users {
///     type Item = String;
///
///     fn next_cursor(&self) -> Option<&str> {
///         self.after.as_deref()
///     }
///
///     fn into_items(self) -> Vec<String> {
///         self.users
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a page",
    note = "implement `stackone::page::Page` for it, or use `response = stackone::page::List<Item>`"
)]
pub trait Page {
    /// The type of an item.
    type Item;

    /// The cursor of the next page. `None` or an empty cursor means that this is the last page.
    fn next_cursor(&self) -> Option<&str>;

    /// The items of this page.
    fn into_items(self) -> Vec<Self::Item>;
}

/// A page of StackOne: `{"next": "...", "data": [...]}`. Other fields are skipped.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct List<T> {
    /// The cursor of the next page.
    #[serde(default = "Option::default")]
    pub next: Option<String>,
    /// The items.
    pub data: Vec<T>,
}

impl<T> List<T> {
    /// A page of items, with the cursor of the next page.
    #[must_use]
    pub fn new(data: Vec<T>, next: Option<String>) -> Self {
        Self { next, data }
    }
}

impl<T> Page for List<T> {
    type Item = T;

    fn next_cursor(&self) -> Option<&str> {
        self.next.as_deref()
    }

    fn into_items(self) -> Vec<T> {
        self.data
    }
}
