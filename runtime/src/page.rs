//! Answers that come in pages.

use crate::Operation;
use serde::{Deserialize, Serialize};

/// An operation that says with a cursor which page it asks for.
///
/// The attribute implements it for a struct that has a field with `#[query(cursor)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say where its cursor goes",
    note = "mark the field with `#[query(cursor)]`"
)]
pub trait Paginated: Operation {
    /// Asks for the page that the cursor names.
    fn set_cursor(&mut self, cursor: String);
}

/// What a cursor can be kept in. For generated code.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold a cursor",
    label = "not made from a `String`",
    note = "a cursor is text that the API gave out: make the field an `Option<String>`"
)]
pub trait Cursor {
    /// The field's value.
    fn from_cursor(cursor: String) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: From<String>> Cursor for T {
    fn from_cursor(cursor: String) -> Self {
        cursor.into()
    }
}

/// An answer that is one page of several.
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
    note = "implement `stackone::page::Page` for it, or answer with `stackone::page::List<Item>`"
)]
pub trait Page {
    /// What the page has several of.
    type Item;

    /// The cursor of the next page. Absent or empty means that this is the last one.
    fn next_cursor(&self) -> Option<&str>;

    /// The items of this page.
    fn into_items(self) -> Vec<Self::Item>;
}

/// A page as `StackOne` answers it: `{"next": "...", "data": [...]}`. Other fields are skipped.
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
    /// A page of items, and the cursor of the one after it.
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
