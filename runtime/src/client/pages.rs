//! Streams of pages and of their items.

use super::{Call, Client, call::ResponseFuture};
use crate::{
    Error, Operation, Response, ResponseHead, ResponseOf,
    decode::Decode,
    error::{Cause, ExchangeReport},
    page::{Page, PageAddress, PageContext, Paginated, Paging, Position, PositionError, ReceivedPage},
};
use bytes::Bytes;
use futures_core::{FusedStream, Stream};
use http::{Request, Uri};
use std::{
    collections::HashSet,
    fmt,
    future::poll_fn,
    hash::{BuildHasher, RandomState},
    mem,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

type Value<O> = <<O as Operation>::Response as Decode>::Value;
type Item<O> = <Value<O> as Page>::Item;

impl Client {
    /// The pages of a paginated operation, as a stream of responses. Each page is one request, which is sent when the caller asks for
    /// the page. [`Pages::try_next`] has the errors.
    pub fn pages<O>(&self, operation: O) -> Pages<O>
    where
        O: Paginated<Paging: Paging<Value<O>>, Response: Decode<Value: Page>>,
    {
        self.send(operation).pages()
    }

    /// The items of all pages of a paginated operation.
    ///
    /// ```no_run
    /// # use stackone::{page::List, stackone_operation};
    /// # #[stackone_operation(method = "GET", path = "/users", response = List<String>)]
    /// # struct ListUsersRequest { #[query(cursor)] next: Option<String> }
    /// # async fn example(client: stackone::Client) -> Result<(), stackone::Error> {
    /// let mut users = client.items(ListUsersRequest::builder().build());
    /// while let Some(user) = users.try_next().await? {
    ///     println!("{user}");
    /// }
    /// # Ok(()) }
    /// ```
    pub fn items<O>(&self, operation: O) -> Items<O>
    where
        O: Paginated<Paging: Paging<Value<O>>, Response: Decode<Value: Page>>,
    {
        self.send(operation).items()
    }
}

impl<O> Call<O>
where
    O: Paginated<Paging: Paging<Value<O>>, Response: Decode<Value: Page>>,
{
    /// The pages. Each request has the settings of this call.
    pub fn pages(self) -> Pages<O> {
        let position = self.operation().map_or_else(Position::start, O::position);
        Pages {
            call: self,
            current: position.clone(),
            next: Some(position),
            pending: None,
            failure: None,
            is_terminated: false,
            prefetch: false,
            seen: HashSet::new(),
            hasher: RandomState::new(),
        }
    }

    /// The items of all pages. Each request has the settings of this call.
    pub fn items(self) -> Items<O> {
        Items { pages: self.pages(), current: None, read: 0, skip: 0 }
    }
}

/// A stream of pages. The rule that the operation declares ends it: see [`page`](crate::page). An error also ends it, after
/// the pages before the error.
///
/// A page that the stream has requested before is an error of the kind [`Pagination`](crate::ErrorKind::Pagination), because
/// the pages would repeat without end.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<O: Operation> {
    call: Call<O>,
    /// The position of the page that was delivered last.
    current: Position,
    /// The position of the page after it. `None` after the last page.
    next: Option<Position>,
    pending: Option<Pending<O::Response>>,
    /// The error that follows the page that was delivered last.
    failure: Option<Error>,
    is_terminated: bool,
    prefetch: bool,
    /// The hashes of all requests so far, because requests can be long and pages many. A repeated position makes a repeated
    /// request. The first request has the position that the caller starts with.
    seen: HashSet<u64>,
    hasher: RandomState,
}

/// A page that is requested.
struct Pending<F> {
    response: ResponseFuture<F>,
    position: Position,
    url: Uri,
}

impl<O> Pages<O>
where
    O: Paginated<Paging: Paging<Value<O>>, Response: Decode<Value: Page>>,
{
    /// Starts at a position that [`position`](Self::position) has returned before, instead of the position of the operation.
    /// The other fields of the operation must be the same as then.
    ///
    /// ```no_run
    /// # use stackone::{page::List, stackone_operation};
    /// # #[stackone_operation(method = "GET", path = "/users", response = List<String>)]
    /// # struct ListUsersRequest { #[query(cursor)] next: Option<String> }
    /// # async fn example(client: stackone::Client, stored: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut pages = client.pages(ListUsersRequest::builder().build()).start_at(stored.parse()?);
    /// while let Some(page) = pages.try_next().await? {
    ///     println!("{} users; go on at {:?}", page.value.data.len(), pages.position());
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// A position of another kind than the operation has is an error of the kind
    /// [`Pagination`](crate::ErrorKind::Pagination) when the page is requested. Nothing is sent then.
    pub fn start_at(mut self, position: Position) -> Self {
        let operation = self.call.operation().filter(|_| position.is_start());
        let position = operation.map_or_else(|| position.start_of_page(), O::position);
        self.current = position.clone();
        self.next = Some(position);
        self.pending = None;
        self
    }

    /// Requests each page as soon as the page before it is there, while the caller works on that one. Default: each page is
    /// requested when the caller asks for it.
    ///
    /// The request runs in a task of its own, which ends when the stream is dropped. At most one page is requested ahead.
    pub fn prefetch(mut self) -> Self {
        self.prefetch = true;
        self
    }

    /// The position of the next page: a new stream that starts there goes on after the pages that this one has returned. `None`
    /// after the last page.
    ///
    /// After an error it is the position of the page that is missing. If a page is there, but not the position of the one after
    /// it, it is the position of that page, which the new stream then returns again.
    pub fn position(&self) -> Option<Position> {
        self.next.clone()
    }

    /// The next page, or `None` after the last.
    ///
    /// # Errors
    ///
    /// The errors of [`Client::send`], and `Pagination` if the next page cannot be found or is an earlier one.
    pub async fn try_next(&mut self) -> Result<Option<ResponseOf<O>>, Error> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    /// Requests the next page. `None` after the last page.
    fn request_next(&mut self) -> Option<Pending<O::Response>> {
        let position = self.next.clone()?;
        let request = self.request(&position);
        let url = request.as_ref().ok().and_then(|request| self.call.url(request)).unwrap_or_default();
        let response = match request {
            Ok(request) if self.repeats(&url, &request) => {
                let reason = "the next page is an earlier page again, so that the pages would repeat without end";
                ResponseFuture::failed(failure::<O>(PositionError::new(reason)))
            }
            request => self.call.send_request(request),
        };
        Some(Pending { response, position, url })
    }

    /// The request of the page at a position.
    fn request(&mut self, position: &Position) -> Result<Request<Bytes>, Error> {
        let operation = self.call.operation_mut()?;
        if !matches!(position.page, PageAddress::Link(_)) && *position != operation.position() {
            operation.seek(position).map_err(failure::<O>)?;
        }
        let mut request = operation.to_http_request()?;
        if let PageAddress::Link(target) = &position.page {
            *request.uri_mut() = self.call.url_of_target(target).ok_or_else(|| {
                failure::<O>(PositionError::new(
                    "the link to the next page is too long, or not the target of a request",
                ))
            })?;
        }
        Ok(request)
    }

    /// Whether the request was sent before.
    fn repeats(&mut self, url: &Uri, request: &Request<Bytes>) -> bool {
        let headers: Vec<_> = request.headers().iter().collect();
        !self.seen.insert(self.hasher.hash_one((url, headers, request.body())))
    }

    /// Finds the position of the page after this one.
    fn advance(&mut self, page: &Value<O>, head: &ResponseHead, position: Position, url: &Uri) {
        let full_page = self.call.operation().and_then(O::full_page);
        let context = PageContext { head, position: &position, url, full_page, cursor_header: O::CURSOR_HEADER };
        match O::Paging::next(&ReceivedPage::new(page, context)) {
            Ok(Some(mut next)) => {
                if let PageAddress::Link(target) = &mut next.page {
                    *target = self.call.without_key(mem::take(target));
                }
                self.next = Some(next);
                if self.prefetch {
                    self.pending = self.request_next();
                    if let Some(pending) = &mut self.pending {
                        pending.response.run_in_task();
                    }
                }
            }
            Ok(None) => (self.next, self.is_terminated) = (None, true),
            Err(error) => (self.next, self.failure) = (Some(position.clone()), Some(failure::<O>(error))),
        }
        self.current = position;
    }
}

/// The error of a position.
fn failure<O: Operation>(error: PositionError) -> Error {
    Error::failure(O::metadata(), Cause::Pagination(error.into_message()), ExchangeReport::default())
}

/// The pinned future inside is boxed.
impl<O: Operation> Unpin for Pages<O> {}

impl<O> Stream for Pages<O>
where
    O: Paginated<Paging: Paging<Value<O>>, Response: Decode<Value: Page>>,
{
    type Item = Result<ResponseOf<O>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.is_terminated {
            return Poll::Ready(None);
        }
        if let Some(error) = this.failure.take() {
            this.is_terminated = true;
            return Poll::Ready(Some(Err(error)));
        }
        if this.pending.is_none() {
            this.pending = this.request_next();
        }
        let Some(pending) = &mut this.pending else { return Poll::Ready(None) };
        let page = ready!(Pin::new(&mut pending.response).poll(cx));
        let received = this.pending.take();
        match (&page, received) {
            (Ok(page), Some(Pending { position, url, .. })) => {
                let page: &Response<Value<O>> = page;
                this.advance(&page.value, page.head(), position, &url);
            }
            _ => this.is_terminated = true,
        }
        Poll::Ready(Some(page))
    }
}

impl<O> FusedStream for Pages<O>
where
    O: Paginated<Paging: Paging<Value<O>>, Response: Decode<Value: Page>>,
{
    fn is_terminated(&self) -> bool {
        self.is_terminated
    }
}

/// A stream of the items of all pages. It ends as [`Pages`] does.
#[must_use = "streams do nothing unless polled"]
pub struct Items<O>
where
    O: Operation<Response: Decode<Value: Page>>,
{
    pages: Pages<O>,
    current: Option<vec::IntoIter<Item<O>>>,
    /// The number of items of the current page that the caller has, with those from before the start.
    read: u64,
    /// The number of items at the start of the first page that the caller has.
    skip: u64,
}

impl<O> Items<O>
where
    O: Paginated<Paging: Paging<Value<O>>, Response: Decode<Value: Page>>,
{
    /// Starts at a position that [`position`](Self::position) has returned before, instead of the position of the operation.
    /// The other fields of the operation must be the same as then.
    ///
    /// The stream leaves out the [items](Position::skipped_items) of the page that the caller has. It counts them; if the
    /// items of a page can move in the meantime, use [`Position::start_of_page`].
    ///
    /// A position of another kind than the operation has is an error of the kind
    /// [`Pagination`](crate::ErrorKind::Pagination) when the page is requested. Nothing is sent then.
    pub fn start_at(self, position: Position) -> Self {
        let skip = position.skipped_items();
        Self { pages: self.pages.start_at(position), current: None, read: 0, skip }
    }

    /// Requests each page as soon as the page before it is there. See [`Pages::prefetch`].
    pub fn prefetch(self) -> Self {
        Self { pages: self.pages.prefetch(), ..self }
    }

    /// The position of the next item: a new stream that starts there goes on after the items that this one has returned. `None`
    /// after the last item.
    ///
    /// After an error it is the position of the first item that is missing. If a page is there, but not the position of
    /// the one after it, it is the end of that page.
    pub fn position(&self) -> Option<Position> {
        match &self.current {
            Some(items) if items.len() > 0 || self.pages.next.as_ref() == Some(&self.pages.current) => {
                Some(self.pages.current.clone().after(self.read))
            }
            _ => Some(self.pages.position()?.after(self.skip)),
        }
    }

    /// The next item, or `None` after the last.
    ///
    /// # Errors
    ///
    /// The errors of [`Pages::try_next`].
    pub async fn try_next(&mut self) -> Result<Option<Item<O>>, Error> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    /// Takes the items of a page, without those that the caller has.
    fn start_page(&mut self, page: Value<O>) {
        let mut items = page.into_items().into_iter();
        self.read = mem::take(&mut self.skip).min(items.len() as u64);
        items.by_ref().take(usize::try_from(self.read).unwrap_or(usize::MAX)).for_each(drop);
        self.current = Some(items);
    }
}

impl<O> Unpin for Items<O> where O: Operation<Response: Decode<Value: Page>> {}

impl<O> Stream for Items<O>
where
    O: Paginated<Paging: Paging<Value<O>>, Response: Decode<Value: Page>>,
{
    type Item = Result<Item<O>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.current.as_mut().and_then(Iterator::next) {
                self.read += 1;
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(cx)) {
                Some(Ok(page)) => self.start_page(page.value),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O> FusedStream for Items<O>
where
    O: Paginated<Paging: Paging<Value<O>>, Response: Decode<Value: Page>>,
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
    O: Operation<Response: Decode<Value: Page>>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("operation", &O::metadata().id()).finish_non_exhaustive()
    }
}
