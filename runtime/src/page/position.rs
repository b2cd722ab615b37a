//! The position of a page, as a value and as text.

use http::uri::PathAndQuery;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{borrow::Cow, error::Error as StdError, fmt, str::FromStr};

/// Where a stream of pages or items goes on.
///
/// [`Pages::position`](crate::Pages::position) and [`Items::position`](crate::Items::position) return it at any time, also
/// after an error. `start_at` of a new stream goes on there. As text it survives a restart of the program: it implements
/// [`Display`](fmt::Display), [`FromStr`] and serde's traits.
///
/// ```
/// use stackone::page::Position;
///
/// let position: Position = "cursor:b2Zmc2V0PTI".parse()?;
/// assert_eq!(position, Position::cursor("b2Zmc2V0PTI"));
/// assert_eq!(Position::number(3).to_string(), "number:3");
/// # Ok::<(), stackone::page::PositionError>(())
/// ```
///
/// A position is as secret as the URLs of the requests. A link contains the path and the query, but no host: the next request
/// always goes to the host of the client.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Position {
    pub(crate) page: PageAddress,
    /// The number of items of the page that the caller already has.
    pub(crate) skipped: u64,
}

/// How the page itself is found.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) enum PageAddress {
    /// The page that the operation requests as it is.
    Start,
    Cursor(String),
    Number(u64),
    Offset(u64),
    /// The path and the query of a URL under the origin of the client.
    Link(String),
}

impl Position {
    fn new(page: PageAddress) -> Self {
        Self { page, skipped: 0 }
    }

    /// The page that the operation requests as it is.
    #[must_use]
    pub fn start() -> Self {
        Self::new(PageAddress::Start)
    }

    /// The page with this cursor.
    #[must_use]
    pub fn cursor(cursor: impl Into<String>) -> Self {
        Self::new(PageAddress::Cursor(cursor.into()))
    }

    /// The page with this number.
    #[must_use]
    pub fn number(number: u64) -> Self {
        Self::new(PageAddress::Number(number))
    }

    /// The page that starts after this number of items.
    #[must_use]
    pub fn offset(items: u64) -> Self {
        Self::new(PageAddress::Offset(items))
    }

    /// The page with this target: a path with a query.
    #[cfg(feature = "client")]
    pub(crate) fn link(target: String) -> Self {
        Self::new(PageAddress::Link(target))
    }

    /// Whether this is the page that the operation requests as it is.
    #[must_use]
    pub fn is_start(&self) -> bool {
        self.page == PageAddress::Start
    }

    /// The cursor. `None` for a position of another kind.
    #[must_use]
    pub fn as_cursor(&self) -> Option<&str> {
        match &self.page {
            PageAddress::Cursor(cursor) => Some(cursor),
            _ => None,
        }
    }

    /// The page number. `None` for a position of another kind.
    #[must_use]
    pub fn as_number(&self) -> Option<u64> {
        match self.page {
            PageAddress::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number of items before the page. `None` for a position of another kind.
    #[must_use]
    pub fn as_offset(&self) -> Option<u64> {
        match self.page {
            PageAddress::Offset(offset) => Some(offset),
            _ => None,
        }
    }

    /// The path and the query of the link. `None` for a position of another kind.
    #[must_use]
    pub fn as_link(&self) -> Option<&str> {
        match &self.page {
            PageAddress::Link(target) => Some(target),
            _ => None,
        }
    }

    /// The cursor, for [`Paginated::seek`](super::Paginated::seek).
    ///
    /// # Errors
    ///
    /// The position is of another kind.
    pub fn to_cursor(&self) -> Result<&str, PositionError> {
        self.as_cursor().ok_or_else(|| self.not("a cursor"))
    }

    /// The page number, for [`Paginated::seek`](super::Paginated::seek).
    ///
    /// # Errors
    ///
    /// The position is of another kind.
    pub fn to_number(&self) -> Result<u64, PositionError> {
        self.as_number().ok_or_else(|| self.not("a page number"))
    }

    /// The number of items before the page, for [`Paginated::seek`](super::Paginated::seek).
    ///
    /// # Errors
    ///
    /// The position is of another kind.
    pub fn to_offset(&self) -> Result<u64, PositionError> {
        self.as_offset().ok_or_else(|| self.not("an offset"))
    }

    /// The number of items at the start of the page that the caller already has. [`Items`](crate::Items) leaves them out;
    /// [`Pages`](crate::Pages) returns the whole page. It is 0 for an offset, which counts items itself.
    #[must_use]
    pub fn skipped_items(&self) -> u64 {
        self.skipped
    }

    /// The start of the page, without skipped items. A stream from there returns the items of the page again. Use it if the
    /// items of a page may move while a job is stopped, and reading some twice is better than losing one.
    #[must_use]
    pub fn start_of_page(self) -> Self {
        Self::new(self.page)
    }

    /// The position so many items later in the same page.
    #[cfg(feature = "client")]
    pub(crate) fn after(mut self, items: u64) -> Self {
        match &mut self.page {
            PageAddress::Offset(offset) => *offset = offset.saturating_add(items),
            _ => self.skipped = self.skipped.saturating_add(items),
        }
        self
    }

    fn not(&self, expected: &str) -> PositionError {
        PositionError::new(format!("the operation needs {expected}, and the position is `{self}`"))
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.page {
            PageAddress::Start => "start",
            PageAddress::Cursor(_) => "cursor",
            PageAddress::Number(_) => "number",
            PageAddress::Offset(_) => "offset",
            PageAddress::Link(_) => "link",
        };
        f.write_str(kind)?;
        if self.skipped > 0 {
            write!(f, "+{}", self.skipped)?;
        }
        match &self.page {
            PageAddress::Start => Ok(()),
            PageAddress::Cursor(text) | PageAddress::Link(text) => write!(f, ":{text}"),
            PageAddress::Number(number) | PageAddress::Offset(number) => write!(f, ":{number}"),
        }
    }
}

impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Position({self})")
    }
}

impl FromStr for Position {
    type Err = PositionError;

    fn from_str(text: &str) -> Result<Self, PositionError> {
        parse(text).ok_or_else(|| {
            PositionError::new(
                "this is not a position: store the text of a `Position`, such as `cursor:abc` or `number:2`",
            )
        })
    }
}

fn parse(text: &str) -> Option<Position> {
    let (head, value) = text.split_once(':').map_or((text, None), |(head, value)| (head, Some(value)));
    let (kind, skipped) = match head.split_once('+') {
        Some((kind, skipped)) => (kind, number(skipped)?),
        None => (head, 0),
    };
    let page = match (kind, value) {
        ("start", None) => PageAddress::Start,
        ("cursor", Some(cursor)) if !cursor.is_empty() => PageAddress::Cursor(cursor.to_owned()),
        ("number", Some(value)) => PageAddress::Number(number(value)?),
        ("offset", Some(value)) if skipped == 0 => PageAddress::Offset(number(value)?),
        ("link", Some(target)) if target.starts_with('/') => {
            PageAddress::Link(PathAndQuery::from_str(target).ok()?.as_str().to_owned())
        }
        _ => return None,
    };
    Some(Position { page, skipped })
}

/// A number without a sign.
fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Why there is no next page, although there may be one, or why a position cannot be used. The streams return it as an error of the kind
/// [`Pagination`](crate::ErrorKind::Pagination).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionError(Cow<'static, str>);

impl PositionError {
    /// An error with this message. It is shown to users, so it must not contain a secret.
    #[must_use]
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self(message.into())
    }

    #[cfg(feature = "client")]
    pub(crate) fn into_message(self) -> Cow<'static, str> {
        self.0
    }
}

impl fmt::Display for PositionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for PositionError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_back_from_its_text() {
        let skipped = |page, skipped| Position { page, skipped };
        for (position, text) in [
            (Position::start(), "start"),
            (Position::cursor("a:b+c é\n"), "cursor:a:b+c é\n"),
            (Position::number(0), "number:0"),
            (Position::offset(u64::MAX), "offset:18446744073709551615"),
            ("link:/a?b=c:d".parse().unwrap(), "link:/a?b=c:d"),
            (skipped(PageAddress::Start, 1), "start+1"),
            (skipped(PageAddress::Cursor("1:2".to_owned()), 20), "cursor+20:1:2"),
            (skipped(PageAddress::Number(3), 7), "number+7:3"),
        ] {
            assert_eq!(position.to_string(), text);
            assert_eq!(text.parse(), Ok(position.clone()));
            assert_eq!(serde_json::from_value::<Position>(serde_json::json!(text)).unwrap(), position);
            assert_eq!(serde_json::to_value(&position).unwrap(), text);
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "start:",
            "starts",
            "cursor",
            "cursor:",
            "number:",
            "number:-1",
            "number:+1",
            "number:x",
            "offset+1:2",
            "offset: 1",
            "number+:1",
            "number+x:1",
            "link:",
            "link:a",
            "link:https://evil.test/",
            "link:/a b",
            "page:1",
            "number:18446744073709551616",
        ] {
            assert!(text.parse::<Position>().is_err(), "{text}");
        }
    }

    #[cfg(feature = "client")]
    #[test]
    fn items_are_counted_in_offsets_and_skipped_in_pages() {
        assert_eq!(Position::offset(40).after(3), Position::offset(43));
        let within = Position::cursor("a").after(2).after(1);
        assert_eq!((within.skipped_items(), within.as_cursor()), (3, Some("a")));
        assert_eq!(within.start_of_page(), Position::cursor("a"));
    }
}
