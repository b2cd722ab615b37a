//! Streams of pages and of their items.

use super::{Call, Client, ResponseFuture, ResponseOf};
use crate::{
    Error, Operation,
    decode::Decode,
    error::{Cause, ExchangeReport},
    page::{Page, Paginated},
};
use futures_core::{FusedStream, Stream};
use std::{
    collections::HashSet,
    fmt,
    future::poll_fn,
    hash::{BuildHasher, RandomState},
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

type Value<O> = <<O as Operation>::Response as Decode>::Value;
type Item<O> = <Value<O> as Page>::Item;

impl Client {
    /// The pages of a paginated operation. Each page is one request.
    pub fn pages<O>(&self, operation: O) -> Pages<O>
    where
        O: Paginated,
        O::Response: Decode<Value: Page>,
    {
        self.send(operation).pages()
    }

    /// The items of all pages of a paginated operation.
    ///
    /// ```no_run
    /// # async fn example<O>(client: stackone::Client, operation: O) -> Result<(), stackone::Error>
    /// # where O: stackone::page::Paginated, O::Response: stackone::Decode<Value = stackone::page::List<String>> {
    /// let mut items = client.items(operation);
    /// while let Some(item) = items.try_next().await? {
    ///     println!("{item}");
    /// }
    /// # Ok(()) }
    /// ```
    pub fn items<O>(&self, operation: O) -> Items<O>
    where
        O: Paginated,
        O::Response: Decode<Value: Page>,
    {
        self.send(operation).items()
    }
}

impl<O> Call<O>
where
    O: Paginated,
    O::Response: Decode<Value: Page>,
{
    /// The pages. Each request has the settings of this call.
    pub fn pages(self) -> Pages<O> {
        Pages { call: Some(self), pending: None, seen: HashSet::new(), hasher: RandomState::new() }
    }

    /// The items of all pages. Each request has the settings of this call.
    pub fn items(self) -> Items<O> {
        Items { pages: self.pages(), current: None }
    }
}

/// A stream of pages. It ends after a page whose cursor is absent, null or empty. A page without items but with a cursor
/// does not end it. An error ends it, after the pages before the error.
///
/// A cursor that the stream or its caller has used before is an error of the kind
/// [`Pagination`](crate::ErrorKind::Pagination), because the pages would repeat without end.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<O: Operation> {
    /// The call for the next page. `None` after the last page.
    call: Option<Call<O>>,
    pending: Option<ResponseFuture<O::Response>>,
    /// The hashes of all requests so far, because requests can be long and pages many. A repeated cursor makes a repeated
    /// request. The first request has the cursor that the caller starts with.
    seen: HashSet<u64>,
    hasher: RandomState,
}

impl<O> Pages<O>
where
    O: Paginated,
    O::Response: Decode<Value: Page>,
{
    /// The next page, or `None` after the last.
    ///
    /// # Errors
    ///
    /// The errors of [`Client::send`], and `Pagination` for a repeated cursor.
    pub async fn try_next(&mut self) -> Result<Option<ResponseOf<O>>, Error> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    /// Requests the next page. `None` after the last page.
    fn request_next(&mut self) -> Option<ResponseFuture<O::Response>> {
        let call = self.call.as_ref()?;
        let request = call.request();
        if let Ok(request) = &request {
            let headers: Vec<_> = request.headers().iter().collect();
            if !self.seen.insert(self.hasher.hash_one((request.uri(), headers, request.body()))) {
                let error = Error::failure(O::metadata(), Cause::CursorRepeats, ExchangeReport::default());
                return Some(ResponseFuture::failed(error));
            }
        }
        Some(call.send_request(request))
    }

    /// Sets the cursor of the page after this one.
    fn advance(&mut self, page: &Value<O>) {
        match (page.next_cursor().filter(|cursor| !cursor.is_empty()), &mut self.call) {
            (Some(cursor), Some(call)) => call.operation_mut().set_cursor(cursor.to_owned()),
            _ => self.call = None,
        }
    }
}

/// The pinned future inside is boxed.
impl<O: Operation> Unpin for Pages<O> {}

impl<O> Stream for Pages<O>
where
    O: Paginated,
    O::Response: Decode<Value: Page>,
{
    type Item = Result<ResponseOf<O>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.pending.is_none() {
            this.pending = this.request_next();
        }
        let Some(pending) = &mut this.pending else { return Poll::Ready(None) };
        let page = ready!(Pin::new(pending).poll(cx));
        this.pending = None;
        match &page {
            Ok(page) => this.advance(page),
            Err(_) => this.call = None,
        }
        Poll::Ready(Some(page))
    }
}

impl<O> FusedStream for Pages<O>
where
    O: Paginated,
    O::Response: Decode<Value: Page>,
{
    fn is_terminated(&self) -> bool {
        self.call.is_none() && self.pending.is_none()
    }
}

/// A stream of the items of all pages. It ends as [`Pages`] does.
#[must_use = "streams do nothing unless polled"]
pub struct Items<O>
where
    O: Paginated,
    O::Response: Decode<Value: Page>,
{
    pages: Pages<O>,
    current: Option<vec::IntoIter<Item<O>>>,
}

impl<O> Items<O>
where
    O: Paginated,
    O::Response: Decode<Value: Page>,
{
    /// The next item, or `None` after the last.
    ///
    /// # Errors
    ///
    /// The errors of [`Pages::try_next`].
    pub async fn try_next(&mut self) -> Result<Option<Item<O>>, Error> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }
}

impl<O> Unpin for Items<O>
where
    O: Paginated,
    O::Response: Decode<Value: Page>,
{
}

impl<O> Stream for Items<O>
where
    O: Paginated,
    O::Response: Decode<Value: Page>,
{
    type Item = Result<Item<O>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.current.as_mut().and_then(Iterator::next) {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(cx)) {
                Some(Ok(page)) => self.current = Some(page.into_inner().into_items().into_iter()),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O> FusedStream for Items<O>
where
    O: Paginated,
    O::Response: Decode<Value: Page>,
{
    fn is_terminated(&self) -> bool {
        self.pages.is_terminated() && self.current.as_ref().is_none_or(|items| items.len() == 0)
    }
}

impl<O: Operation> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &O::metadata().id()).finish_non_exhaustive()
    }
}

impl<O> fmt::Debug for Items<O>
where
    O: Paginated,
    O::Response: Decode<Value: Page>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("operation", &O::metadata().id()).finish_non_exhaustive()
    }
}
