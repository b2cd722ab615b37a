//! Streams of pages and of their items.

use super::{Call, Client, Response, ResponseFuture};
use crate::{
    Error,
    decode::Decode,
    error::{Cause, Exchange},
    page::{Page, Paginated},
};
use futures_core::Stream;
use std::{
    collections::HashSet,
    fmt,
    future::poll_fn,
    hash::{BuildHasher, RandomState},
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

type Value<O> = <<O as crate::Operation>::Response as Decode>::Value;

impl Client {
    /// The pages of a paginated operation, one request for each.
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
    /// The pages, each asked for with the settings of this call.
    pub fn pages(self) -> Pages<O> {
        Pages { call: Some(self), pending: None, seen: HashSet::new(), hasher: RandomState::new() }
    }

    /// The items of all pages, each asked for with the settings of this call.
    pub fn items(self) -> Items<O> {
        Items { pages: self.pages(), current: None }
    }
}

/// Pages as a stream. It ends after a page whose cursor is absent, null or empty, and only then: a page without items
/// may have more behind it. An error ends it too, after the pages that came before.
///
/// A cursor that was there before, be it the one the caller began with, is an error of
/// [`ErrorKind::Pagination`](crate::ErrorKind::Pagination): the pages would go round in a circle.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<O: crate::Operation> {
    /// The next page's; `None` once the last is asked for.
    call: Option<Call<O>>,
    pending: Option<ResponseFuture<O::Response>>,
    /// Hashes of the requests so far: they can be long, and pages many. A cursor that repeats makes a request that
    /// repeats, and only its request tells which cursor the caller began with.
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
    /// Those of [`Client::send`], and `Pagination` for a cursor that repeats.
    pub async fn try_next(&mut self) -> Result<Option<Response<Value<O>>>, Error> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    /// The answer to come of the next page, which must not have been asked for before; `None` after the last.
    fn ask(&mut self) -> Option<ResponseFuture<O::Response>> {
        let call = self.call.as_ref()?;
        let request = call.request();
        if let Ok(request) = &request {
            let headers: Vec<_> = request.headers().iter().collect();
            if !self.seen.insert(self.hasher.hash_one((request.uri(), headers, request.body()))) {
                let error = Error::failure(O::metadata(), Cause::CursorRepeats, Exchange::default());
                return Some(ResponseFuture::failed(error));
            }
        }
        Some(call.sending(request))
    }

    /// Asks for the page after this one, when it is polled next.
    fn advance(&mut self, page: &Value<O>) {
        match (page.next_cursor().filter(|cursor| !cursor.is_empty()), &mut self.call) {
            (Some(cursor), Some(call)) => call.operation_mut().set_cursor(cursor.to_owned()),
            _ => self.call = None,
        }
    }
}

/// What is pinned inside is boxed.
impl<O: crate::Operation> Unpin for Pages<O> {}

impl<O> Stream for Pages<O>
where
    O: Paginated,
    O::Response: Decode<Value: Page>,
{
    type Item = Result<Response<Value<O>>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.pending.is_none() {
            this.pending = this.ask();
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

/// The items of all pages as a stream; see [`Pages`] for when it ends.
#[must_use = "streams do nothing unless polled"]
pub struct Items<O>
where
    O: Paginated,
    O::Response: Decode<Value: Page>,
{
    pages: Pages<O>,
    current: Option<vec::IntoIter<<Value<O> as Page>::Item>>,
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
    /// Those of [`Pages::try_next`].
    pub async fn try_next(&mut self) -> Result<Option<<Value<O> as Page>::Item>, Error> {
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
    type Item = Result<<Value<O> as Page>::Item, Error>;

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

impl<O: crate::Operation> fmt::Debug for Pages<O> {
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
