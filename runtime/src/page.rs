//! Responses in pages.
//!
//! An operation says how its pages follow each other. [`Client::pages`](crate::Client::pages) and
//! [`Client::items`](crate::Client::items) then follow them.
//!
//! | pages | declaration | ends with |
//! | --- | --- | --- |
//! | a cursor in the body | `#[query(cursor)]` | a page whose [`Page::next_cursor`] is `None` or empty |
//! | a cursor in a response header | `#[query(cursor, next_header = "x-next-cursor")]` | a response without the header, or with an empty one |
//! | page numbers from 1, or from `first` | `#[query(page)]`, `#[query(page, first = 0)]` | an empty page |
//! | offsets, which count items from 0 | `#[query(offset)]` | an empty page |
//! | a `Link` header with `rel="next"` (RFC 8288) | the key `paging = link` of the attribute | a response without such a link |
//! | a rule of your own | the key `paging = Rule` of the attribute, with a type that implements [`Paging`] | a page for which the rule returns `None` |
//!
//! No rule guesses: an empty page with a cursor or a link goes on, and so does a page that is shorter than the one before it.
//! With page numbers and offsets, the option `full_pages` on the parameter with the page size says that the API never sends a
//! page with fewer items, apart from the last. The streams then save the request for the empty page. Do not use it if
//! the API has a maximum page size that a caller may exceed, or if it removes items from a page: items would be lost.
//!
//! Pages in a body, as of a search with POST, have no field attribute. Implement [`Paginated`] for such an operation.

mod count;
#[cfg(feature = "client")]
mod link_header;
#[cfg(feature = "client")]
mod paging;
mod position;
#[cfg(feature = "client")]
mod uri_reference;

#[doc(hidden)]
pub use count::{Count, CountField, count};
#[cfg(feature = "client")]
#[doc(inline)]
pub use paging::{Paging, ReceivedPage};
pub use position::{Position, PositionError};
#[cfg(feature = "client")]
pub(crate) use {paging::PageContext, position::PageAddress};

use crate::{Operation, format::WithHeaders};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// An operation that requests one page of several.
///
/// The attribute implements it for a struct that declares its pages. Implement it for an operation whose position is
/// elsewhere in the request:
///
/// ```
/// use stackone::{Paginated, page::{BodyCursor, List, Position, PositionError}, stackone_operation};
///
/// #[derive(serde::Serialize)]
/// struct Search { text: String, start_cursor: Option<String> }
///
/// #[stackone_operation(method = "POST", path = "/search", response = List<String>)]
/// struct SearchRequest {
///     #[body] search: Search,
/// }
///
/// impl Paginated for SearchRequest {
///     type Paging = BodyCursor;
///
///     fn seek(&mut self, position: &Position) -> Result<(), PositionError> {
///         self.search.start_cursor = Some(position.to_cursor()?.to_owned());
///         Ok(())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not declare its pages",
    note = "mark a field with `#[query(cursor)]`, `#[query(page)]` or `#[query(offset)]`, or add `paging = link` to `#[stackone_operation]`"
)]
pub trait Paginated: Operation {
    /// The rule that finds the next page: [`BodyCursor`], [`HeaderCursor`], [`PageNumber`], [`Offset`], [`Link`], or your own.
    type Paging;

    /// The response header with the next cursor, for [`HeaderCursor`]. Lower case.
    const CURSOR_HEADER: &'static str = "";

    /// The position of the page that the operation requests as it is. Default: [`Position::start`].
    fn position(&self) -> Position {
        Position::start()
    }

    /// Sets the position of the page to request. It is not called for [`Position::start`], and not for a link, which replaces
    /// the target of the request.
    ///
    /// # Errors
    ///
    /// The operation cannot request this position.
    fn seek(&mut self, position: &Position) -> Result<(), PositionError> {
        Err(PositionError::new(format!("the operation has no field for the position `{position}`")))
    }

    /// The number of items of every page but the last, if the API always sends full pages. Default: `None`, which means that a
    /// page may have fewer items.
    fn full_page(&self) -> Option<u64> {
        None
    }
}

/// The next cursor is in the body: [`Page::next_cursor`].
#[derive(Debug)]
pub struct BodyCursor(());

/// The next cursor is in a response header.
#[derive(Debug)]
pub struct HeaderCursor(());

/// The next page has the next number. An empty page is the last.
#[derive(Debug)]
pub struct PageNumber(());

/// The next page starts after the items of this one. An empty page is the last.
#[derive(Debug)]
pub struct Offset(());

/// The next page has the target of the first `Link` with the relation `next` (RFC 8288).
///
/// A relative reference is resolved against the URL of the request. A link to another origin (scheme, host and port) is an
/// error of the kind [`Pagination`](crate::ErrorKind::Pagination), because the credentials would go there. A malformed
/// header is an error too, because it may hide the next page.
#[derive(Debug)]
pub struct Link(());

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

/// A response that is one page of several. `Vec<T>` is one, with its elements as items and without a cursor.
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
///     fn items(&self) -> &[String] {
///         &self.users
///     }
///
///     fn into_items(self) -> Vec<String> {
///         self.users
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a page",
    note = "implement `stackone::page::Page` for it, or use `response = Vec<Item>` or `response = stackone::page::List<Item>`"
)]
pub trait Page {
    /// The type of an item.
    type Item;

    /// The cursor of the next page. `None` or an empty cursor means that this is the last page. Only [`BodyCursor`] reads it.
    fn next_cursor(&self) -> Option<&str>;

    /// The items of this page.
    fn items(&self) -> &[Self::Item];

    /// The items of this page, by value.
    fn into_items(self) -> Vec<Self::Item>;
}

impl<T> Page for Vec<T> {
    type Item = T;

    fn next_cursor(&self) -> Option<&str> {
        None
    }

    fn items(&self) -> &[T] {
        self
    }

    fn into_items(self) -> Self {
        self
    }
}

/// A page with response headers: the body is the page.
impl<H, P: Page> Page for WithHeaders<H, P> {
    type Item = P::Item;

    fn next_cursor(&self) -> Option<&str> {
        self.body.next_cursor()
    }

    fn items(&self) -> &[P::Item] {
        self.body.items()
    }

    fn into_items(self) -> Vec<P::Item> {
        self.body.into_items()
    }
}

/// A page of StackOne: `{"next": "...", "data": [...]}`. Other fields are skipped.
///
/// ```
/// use stackone::page::List;
///
/// let page: List<String> = serde_json::from_str(r#"{"data": ["Ada"], "next": "c2", "total": 41}"#)?;
/// assert_eq!(page.data, ["Ada"]);
/// assert_eq!(page.total, Some(41));
/// let last: List<String> = serde_json::from_str(r#"{"data": null}"#)?;
/// assert!(last.data.is_empty() && last.next.is_none());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
#[non_exhaustive]
pub struct List<T> {
    /// The cursor of the next page.
    #[serde(default)]
    pub next: Option<String>,
    /// The items. The list is empty if the page has no `data`, or null in its place.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub data: Vec<T>,
    /// The responses of the provider from which the page was made, if the request has `raw=true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<Vec<Value>>,
    /// The number of items of all pages, if the API counts them. `None` for a value that is no whole number.
    #[serde(default, deserialize_with = "whole_number", skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

fn null_is_empty<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads `2`, `2.0` and `"2"`. An odd `total` must not fail a page.
fn whole_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Number(number) => number.as_u64().or_else(|| number.to_string().strip_suffix(".0")?.parse().ok()),
        Value::String(text) => text.parse().ok(),
        _ => None,
    })
}

impl<T> List<T> {
    /// A page of items, with the cursor of the next page.
    #[must_use]
    pub fn new(data: Vec<T>, next: Option<String>) -> Self {
        Self { next, data, raw: None, total: None }
    }
}

impl<T> Page for List<T> {
    type Item = T;

    fn next_cursor(&self) -> Option<&str> {
        self.next.as_deref()
    }

    fn items(&self) -> &[T] {
        &self.data
    }

    fn into_items(self) -> Vec<T> {
        self.data
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> List<u8> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn data_may_be_absent_or_null() {
        for text in ["{}", r#"{"data": null, "next": null}"#, r#"{"data": []}"#] {
            assert_eq!(read(text), List::new(Vec::new(), None), "{text}");
        }
    }

    #[test]
    fn the_responses_of_the_provider_and_the_total_are_kept() {
        let text = r#"{"next":"c","data":[1],"raw":[{"method":"GET"}],"total":3}"#;
        let page = read(text);
        assert_eq!(page.raw.as_ref().unwrap()[0]["method"], "GET");
        assert_eq!(page.total, Some(3));
        assert_eq!(serde_json::to_string(&page).unwrap(), text);
    }

    #[test]
    fn an_odd_total_does_not_fail_a_page() {
        for (total, expected) in
            [("7.0", Some(7)), (r#""7""#, Some(7)), ("null", None), ("-1", None), (r#""many""#, None)]
        {
            let page = read(&format!(r#"{{"data": [1], "total": {total}, "raw": null}}"#));
            assert_eq!((page.total, page.data), (expected, vec![1]), "{total}");
        }
    }

    #[test]
    fn data_of_another_shape_is_an_error() {
        assert!(serde_json::from_str::<List<u8>>(r#"{"data": "none"}"#).is_err());
    }
}
