//! Many operations, a few at a time.

use super::{
    Client,
    call::{decode_raw, start, task_error},
    raw_call::{NO_RUNTIME, RawResult},
};
use crate::{Error, Operation, ResponseOf, decode::Decode, hook::Span, pause::Pause};
use futures_core::Stream;
use std::{
    collections::BTreeMap,
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};
use tokio::{
    runtime::Handle,
    task::JoinSet,
    time::{Sleep, sleep_until},
};

const DEFAULT_CONCURRENCY: usize = 8;

impl Client {
    /// Sends many operations, [a few at a time](SendAll::concurrency), and returns each result with its operation as soon as it
    /// is there.
    ///
    /// ```no_run
    /// # use stackone::{Client, stackone_operation};
    /// # #[stackone_operation(method = "POST", path = "/users/{id}/completions", response = ())]
    /// # struct CompleteRequest { #[path] id: String }
    /// # async fn example(client: Client, operations: Vec<CompleteRequest>) {
    /// let mut run = client.send_all(operations).concurrency(20);
    /// while let Some(completed) = run.next().await {
    ///     if let Err(error) = &completed.result {
    ///         println!("{}: {error}; outcome unknown: {}", completed.operation.id, error.outcome_unknown());
    ///     }
    /// }
    /// # }
    /// ```
    ///
    /// To give the calls other time limits, retries or headers, derive a client with [`to_builder`](Self::to_builder).
    pub fn send_all<I>(&self, operations: I) -> SendAll<FromIter<I::IntoIter>>
    where
        I: IntoIterator<Item: Operation<Response: Decode>>,
    {
        self.send_stream(FromIter(operations.into_iter()))
    }

    /// [`send_all`](Self::send_all) for operations that arrive over time. A stream that is not `Unpin` needs `Box::pin`.
    pub fn send_stream<S>(&self, operations: S) -> SendAll<S>
    where
        S: Stream<Item: Operation<Response: Decode>> + Unpin,
    {
        let (mut client, pause) = (self.clone(), Pause::default());
        Arc::make_mut(&mut client.settings).pause = Some(pause.clone());
        SendAll {
            client,
            operations,
            has_more: true,
            is_stopped: false,
            concurrency: DEFAULT_CONCURRENCY,
            started: 0,
            running: BTreeMap::new(),
            tasks: JoinSet::new(),
            pause,
            timer: None,
        }
    }
}

/// An operation that was sent, with its result.
#[non_exhaustive]
pub struct Completed<O: Operation<Response: Decode>> {
    /// The number of operations before this one. 0 for the first.
    pub index: usize,
    /// The operation.
    pub operation: O,
    /// The result of the call.
    pub result: Result<ResponseOf<O>, Error>,
}

/// Calls that run at the same time, as a stream of their results in the order in which they complete.
///
/// - An error ends its own call. The others go on.
/// - If the server refuses a request with 429 or 503 and `Retry-After`, no call of this run sends a request before that time
///   has passed, whether it is new or a retry. Requests that are already sent are not affected.
/// - Each call runs in a task of tokio, so that it goes on while the caller works. A new operation is started only when the caller asks for
///   the next result. At most [`concurrency`](Self::concurrency) operations run, or wait for the caller to take their result.
/// - Dropping the run ends its calls. The server may have processed their requests.
///
/// # Stopping without repeating a write
///
/// [`stop`](Self::stop) starts nothing more. The calls that run complete, and the stream then ends. [`started`](Self::started) is the
/// number of operations that were started, in the order of the input: all others were not sent. [`resume`](Self::resume)
/// goes on with them, and [`into_remaining`](Self::into_remaining) returns them.
///
/// ```no_run
/// # use stackone::{Client, stackone_operation};
/// # #[stackone_operation(method = "POST", path = "/users/{id}/completions", response = ())]
/// # struct CompleteRequest { #[path] id: String }
/// # async fn example(client: Client, operations: Vec<CompleteRequest>, stop: impl Fn() -> bool) {
/// let mut run = client.send_all(operations);
/// while let Some(completed) = run.next().await {
///     println!("{} {}", completed.index, completed.result.is_ok());
///     if stop() {
///         run.stop();
///     }
/// }
/// for operation in run.into_remaining() {
///     println!("{} was not sent", operation.id);
/// }
/// # }
/// ```
#[must_use = "nothing is sent until the next result is awaited"]
pub struct SendAll<S: Stream> {
    client: Client,
    operations: S,
    /// Whether the stream of operations has not ended.
    has_more: bool,
    is_stopped: bool,
    concurrency: usize,
    started: usize,
    /// The operations whose result the caller does not have, by index.
    running: BTreeMap<usize, S::Item>,
    tasks: JoinSet<(usize, RawResult)>,
    pause: Pause,
    /// Ends with the pause.
    timer: Option<Pin<Box<Sleep>>>,
}

impl<S, O> SendAll<S>
where
    S: Stream<Item = O> + Unpin,
    O: Operation<Response: Decode>,
{
    /// The maximum number of operations at the same time. 0 counts as 1. Default: 8.
    pub fn concurrency(mut self, operations: usize) -> Self {
        self.concurrency = operations.max(1);
        self
    }

    /// The next result, or `None` if all operations are complete, or all started ones after [`stop`](Self::stop). An error of a call is
    /// in [`Completed::result`], and the run goes on.
    ///
    /// If this future is dropped, nothing is lost: the calls go on, and the next call of `next` returns their results.
    pub async fn next(&mut self) -> Option<Completed<O>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Starts no more operations. Those that run complete, and [`next`](Self::next) then returns `None`.
    pub fn stop(&mut self) {
        self.is_stopped = true;
    }

    /// Starts operations again after [`stop`](Self::stop). No operation is sent twice.
    pub fn resume(&mut self) {
        self.is_stopped = false;
    }

    /// The number of operations that were started: those with an index below this number.
    #[must_use]
    pub fn started(&self) -> usize {
        self.started
    }

    /// The operations that were started and have no result yet, with their index.
    pub fn running<'a>(&'a self) -> impl Iterator<Item = (usize, &'a O)>
    where
        O: 'a,
    {
        self.running.iter().map(|(index, operation)| (*index, operation))
    }

    /// The operations that were not started. Calls that still run are ended; the outcome of their writes is unknown.
    #[must_use]
    pub fn into_remaining(self) -> S {
        self.operations
    }

    /// Starts operations while there is room for them. Ready with a result if an operation cannot be started.
    fn poll_start(&mut self, cx: &mut Context<'_>) -> Poll<Completed<O>> {
        while self.has_more && !self.is_stopped && self.running.len() < self.concurrency {
            ready!(self.poll_pause(cx));
            match ready!(Pin::new(&mut self.operations).poll_next(cx)) {
                Some(operation) => {
                    let index = self.started;
                    self.started += 1;
                    let Ok(runtime) = Handle::try_current() else {
                        return Poll::Ready(Completed { index, operation, result: Err(Error::config(NO_RUNTIME)) });
                    };
                    let request = operation.to_http_request();
                    let response = start::<O>(self.client.clone(), request, None);
                    let response = Span::current().instrument(response);
                    self.tasks.spawn_on(async move { (index, response.await) }, &runtime);
                    self.running.insert(index, operation);
                }
                None => self.has_more = false,
            }
        }
        Poll::Pending
    }

    /// Ready if no pause is left.
    fn poll_pause(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        while let Some(end) = self.pause.end() {
            let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(end)));
            if timer.deadline() != end {
                timer.as_mut().reset(end);
            }
            ready!(timer.as_mut().poll(cx));
        }
        self.timer = None;
        Poll::Ready(())
    }
}

impl<S, O> Stream for SendAll<S>
where
    S: Stream<Item = O> + Unpin,
    O: Operation<Response: Decode>,
{
    type Item = Completed<O>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if let Poll::Ready(failed) = this.poll_start(cx) {
            return Poll::Ready(Some(failed));
        }
        let (index, result) = match this.tasks.poll_join_next(cx) {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(Some(Ok(completed))) => completed,
            Poll::Ready(Some(Err(error))) => {
                let Some(index) = this.running.keys().next() else { return Poll::Ready(None) };
                (*index, Err(task_error(error)))
            }
            Poll::Ready(None) if this.has_more && !this.is_stopped => return Poll::Pending,
            Poll::Ready(None) => return Poll::Ready(None),
        };
        let Some(operation) = this.running.remove(&index) else { return Poll::Ready(None) };
        Poll::Ready(Some(Completed { index, operation, result: decode_raw::<O::Response>(result) }))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let running = self.running.len();
        if self.is_stopped || !self.has_more {
            return (running, if self.has_more { None } else { Some(running) });
        }
        let (lower, upper) = self.operations.size_hint();
        (lower.saturating_add(running), upper.and_then(|upper| upper.checked_add(running)))
    }
}

/// Nothing inside is pinned in place.
impl<S: Stream + Unpin> Unpin for SendAll<S> {}

/// The items of an iterator as a stream that is always ready.
#[derive(Debug, Clone)]
pub struct FromIter<I>(I);

impl<I> Unpin for FromIter<I> {}

impl<I: Iterator> Stream for FromIter<I> {
    type Item = I::Item;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.0.next())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<I: Iterator> Iterator for FromIter<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<S: Stream> fmt::Debug for SendAll<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendAll")
            .field("concurrency", &self.concurrency)
            .field("started", &self.started)
            .field("running", &self.running.len())
            .finish_non_exhaustive()
    }
}

impl<O: Operation<Response: Decode>> fmt::Debug for Completed<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Completed")
            .field("operation", &O::metadata().id())
            .field("index", &self.index)
            .field("error", &self.result.as_ref().err())
            .finish_non_exhaustive()
    }
}
