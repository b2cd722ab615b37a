//! The rules that find the next page.

use super::{
    BodyCursor, HeaderCursor, Link, Offset, Page, PageNumber, Position, PositionError,
    link_header::links,
    uri_reference::{Unresolved, resolve},
};
use crate::ResponseHead;
use http::{HeaderMap, Uri};

/// A rule that finds the position of the next page.
///
/// Name it in the attribute, as in `paging = CreatedBefore`. The rule sees the whole response. A cursor, a number or an offset that it
/// returns goes to the field with `#[query(cursor)]`, `#[query(page)]` or `#[query(offset)]`. A [link](ReceivedPage::link)
/// needs no field.
///
/// ```
/// use stackone::{page::{Page, Paging, Position, PositionError, ReceivedPage}, stackone_operation};
///
/// #[derive(serde::Deserialize)]
/// struct Event { id: String }
///
/// /// The cursor is the id of the last item, and `x-remaining` counts the items that are left.
/// struct AfterLast;
///
/// impl Paging<Vec<Event>> for AfterLast {
///     fn next(received: &ReceivedPage<'_, Vec<Event>>) -> Result<Option<Position>, PositionError> {
///         let is_last = received.head().headers().get("x-remaining").is_some_and(|count| count == "0");
///         Ok(received.page().last().filter(|_| !is_last).map(|event| Position::cursor(&event.id)))
///     }
/// }
///
/// #[stackone_operation(method = "GET", path = "/events", response = Vec<Event>, paging = AfterLast)]
/// struct ListEventsRequest {
///     #[query(cursor)]
///     after: Option<String>,
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a rule for the pages of `{P}`",
    note = "implement `stackone::page::Paging<{P}>` for it, or write `paging = link`"
)]
pub trait Paging<P> {
    /// The position of the page after this one. `None` means that this is the last page.
    ///
    /// # Errors
    ///
    /// The response does not say whether there is a next page. The stream ends with this error, after the page itself.
    fn next(received: &ReceivedPage<'_, P>) -> Result<Option<Position>, PositionError>;
}

/// A page with its response and its position.
#[expect(missing_debug_implementations, reason = "a page need not implement `Debug`")]
pub struct ReceivedPage<'a, P> {
    page: &'a P,
    context: PageContext<'a>,
}

/// What the rules need, apart from the page.
pub(crate) struct PageContext<'a> {
    pub(crate) head: &'a ResponseHead,
    pub(crate) position: &'a Position,
    /// The URL of the request.
    pub(crate) url: &'a Uri,
    pub(crate) full_page: Option<u64>,
    pub(crate) cursor_header: &'static str,
}

impl<'a, P> ReceivedPage<'a, P> {
    pub(crate) fn new(page: &'a P, context: PageContext<'a>) -> Self {
        Self { page, context }
    }

    /// The page that the response contains.
    #[must_use]
    pub fn page(&self) -> &P {
        self.page
    }

    /// The status and the headers of the response.
    #[must_use]
    pub fn head(&self) -> &ResponseHead {
        self.context.head
    }

    /// The position of this page.
    #[must_use]
    pub fn position(&self) -> &Position {
        self.context.position
    }

    /// The position of a page that the response links to. A relative reference is resolved against the URL of the request.
    ///
    /// # Errors
    ///
    /// The reference is not a URL, or it leads to another origin, where the credentials must not go.
    pub fn link(&self, reference: &str) -> Result<Position, PositionError> {
        self.context.link(reference.as_bytes())
    }
}

impl<P: Page> Paging<P> for BodyCursor {
    fn next(received: &ReceivedPage<'_, P>) -> Result<Option<Position>, PositionError> {
        Ok(received.page.next_cursor().filter(|cursor| !cursor.is_empty()).map(Position::cursor))
    }
}

impl<P> Paging<P> for HeaderCursor {
    fn next(received: &ReceivedPage<'_, P>) -> Result<Option<Position>, PositionError> {
        received.context.header_cursor()
    }
}

impl<P: Page> Paging<P> for PageNumber {
    fn next(received: &ReceivedPage<'_, P>) -> Result<Option<Position>, PositionError> {
        received.context.next_number(received.page.items().len())
    }
}

impl<P: Page> Paging<P> for Offset {
    fn next(received: &ReceivedPage<'_, P>) -> Result<Option<Position>, PositionError> {
        received.context.next_offset(received.page.items().len())
    }
}

impl<P> Paging<P> for Link {
    fn next(received: &ReceivedPage<'_, P>) -> Result<Option<Position>, PositionError> {
        received.context.next_link()
    }
}

/// The rules without the type of the page.
impl PageContext<'_> {
    fn headers(&self) -> &HeaderMap {
        self.head.headers()
    }

    fn header_cursor(&self) -> Result<Option<Position>, PositionError> {
        let name = self.cursor_header;
        let Some(value) = self.headers().get(name).filter(|value| !value.is_empty()) else { return Ok(None) };
        match value.to_str() {
            Ok(cursor) => Ok(Some(Position::cursor(cursor))),
            Err(_) => Err(PositionError::new(format!("the cursor in the header `{name}` is not visible ASCII"))),
        }
    }

    fn next_number(&self, items: usize) -> Result<Option<Position>, PositionError> {
        let number = self.position.to_number()?;
        Ok(self.goes_on_after(items).then(|| Position::number(number.saturating_add(1))))
    }

    fn next_offset(&self, items: usize) -> Result<Option<Position>, PositionError> {
        let offset = self.position.to_offset()?;
        Ok(self.goes_on_after(items).then(|| Position::offset(offset.saturating_add(items as u64))))
    }

    /// Whether there may be a page after one with so many items.
    fn goes_on_after(&self, items: usize) -> bool {
        items > 0 && self.full_page.is_none_or(|full| items as u64 >= full)
    }

    fn next_link(&self) -> Result<Option<Position>, PositionError> {
        let links = links(self.headers())
            .ok_or(PositionError::new("the `Link` header is malformed, and it may have a link to the next page"))?;
        // A link with an anchor may be one between other resources (RFC 8288, section 3.2).
        let is_own =
            |anchor: Option<&[u8]>| anchor.is_none_or(|anchor| resolve(self.url, anchor) == resolve(self.url, b""));
        let next = links.iter().find(|link| link.has_relation("next") && is_own(link.anchor.as_deref()));
        next.map(|link| self.link(&link.target)).transpose()
    }

    fn link(&self, reference: &[u8]) -> Result<Position, PositionError> {
        resolve(self.url, reference).map(Position::link).map_err(|error| match error {
            Unresolved::OtherOrigin(origin) => PositionError::new(format!(
                "the next page is at another origin, {origin}, and the credentials must not go there; the base URL of the client must have the origin of the API"
            )),
            Unresolved::Invalid => PositionError::new("the link to the next page is not a URL"),
        })
    }
}
