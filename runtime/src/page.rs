//! Responses in pages.

use crate::Operation;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

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
