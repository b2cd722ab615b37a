//! One call: its own settings, and the future of its response.

use super::{
    Client,
    header_rules::check_header,
    raw_call::{self, RawResult},
    resume,
    shared_settings::shared_settings,
};
use crate::{
    Error, Operation,
    base_url::BaseUrl,
    credentials::{CredentialsSetting, CredentialsSource},
    decode::{Decode, accepts_empty, decode},
    error_format::ErrorFormat,
    format::ResponseFormat,
    heartbeat::{Beat, Heartbeats},
    hook::Span,
    response::{Response, ResponseOf},
    response_head::ResponseHead,
    retry::{Retry, RetryPolicy},
    settings::Settings,
};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Uri};
use std::{
    fmt,
    marker::PhantomData,
    mem,
    pin::Pin,
    sync::Arc,
    task::{self, Poll},
    time::Duration,
};
use tokio::task::{JoinError, JoinHandle};

/// An operation that is about to be sent, with settings for this call alone. It is a future, which sends the request when it is
/// first polled: await it, or pass it to `Runtime::block_on`, `tokio::spawn` or `join_all`.
///
/// Dropping it closes its connection, or resets its HTTP/2 stream. The server may have processed the request.
///
/// A clone is a call of its own that is not sent yet. Clone a call before it is polled: then the operation is dropped, so that a
/// large one is not in memory beside its request, and a clone is an error of the kind [`Config`](crate::ErrorKind::Config).
///
/// ```no_run
/// # use stackone::{Client, stackone_operation};
/// # #[stackone_operation(method = "GET", path = "/users/{id}", response = String)]
/// # struct GetUserRequest { #[path] id: String }
/// # fn example(client: Client, operation: GetUserRequest) -> Result<(), Box<dyn std::error::Error>> {
/// let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
/// let user = runtime.block_on(client.send(operation))?;
/// # Ok(()) }
/// ```
#[must_use = "nothing is sent until it is awaited"]
pub struct Call<O> {
    /// The client, with the settings of this call.
    client: Client,
    /// `None` once the call is polled: a large operation is not in memory beside its request.
    operation: Option<O>,
    /// The message about the first invalid setting.
    rejected: Option<String>,
    /// The response, once the call is polled.
    response: Option<RawFuture>,
}

impl<O> Call<O> {
    pub(super) fn new(client: Client, operation: O) -> Self {
        Self { client, operation: Some(operation), rejected: None, response: None }
    }

    shared_settings!();

    /// Does not retry. Default: the [retry policy](Self::retry) of the client. The request is sent once, or once more with other credentials after a 401, if the source of
    /// credentials has others.
    pub fn no_retry(self) -> Self {
        self.retry(Retry::none())
    }

    /// A callback for each chunk of the response that contains heartbeats, for example for a progress display. It must not
    /// block. After a retry the count starts again at 1. Default: no callback.
    pub fn on_heartbeat(mut self, callback: impl Fn(Beat) + Send + Sync + 'static) -> Self {
        self.settings_mut().on_heartbeat = Some(Arc::new(callback));
        self
    }

    /// Sets a header in place of one with the same name. `prefer` is merged with the operation's own preferences, so its
    /// value must be a list of preferences.
    ///
    /// The rules are those of a declared header. A header that breaks them is an error of the kind
    /// [`Config`](crate::ErrorKind::Config) when the call is awaited. Bytes beyond ASCII are sent as they are: text is sent
    /// as UTF-8. `authorization`, `cookie` and every header that the operation declares as `sensitive` are marked as
    /// sensitive.
    pub fn header(mut self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        match check_header(name, value) {
            Ok(header) => self.settings_mut().set_header(header),
            Err(message) => self.reject(message),
        }
        self
    }

    pub(super) fn operation(&self) -> Option<&O> {
        self.operation.as_ref()
    }

    /// # Errors
    ///
    /// The call was polled.
    pub(super) fn operation_mut(&mut self) -> Result<&mut O, Error> {
        self.operation.as_mut().ok_or_else(polled)
    }

    /// The absolute URL of a request, or `None` if it cannot be sent.
    pub(super) fn url(&self, request: &Request<Bytes>) -> Option<Uri> {
        self.client.settings.base_url.join_uri(request.uri().clone()).ok()
    }

    /// The absolute URL of a target, without the path prefix of the base URL.
    pub(super) fn url_of_target(&self, target: &str) -> Option<Uri> {
        self.client.settings.base_url.at_origin(target)
    }

    /// The target of a link without the key that the client adds to the query, which a server may repeat.
    pub(super) fn without_key(&self, target: String) -> String {
        match &self.client.settings.credentials {
            CredentialsSetting::Fixed(credentials) => credentials.removed_from_query(target),
            CredentialsSetting::Source(_) => target,
        }
    }

    pub(super) fn settings_mut(&mut self) -> &mut Settings {
        Arc::make_mut(&mut self.client.settings)
    }

    pub(super) fn reject(&mut self, message: String) {
        self.rejected.get_or_insert(message);
    }
}

impl<O> Future for Call<O>
where
    O: Operation,
    O::Response: Decode,
{
    type Output = Result<ResponseOf<O>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let response = this.response.get_or_insert_with(|| {
            let request = this.operation.take().map_or_else(|| Err(polled()), |operation| operation.to_http_request());
            start::<O>(this.client.clone(), request, this.rejected.take())
        });
        let result = task::ready!(response.as_mut().poll(cx));
        // A call that is polled again must not send its request again.
        *response = Box::pin(std::future::pending());
        Poll::Ready(decode_raw::<O::Response>(result))
    }
}

/// The error of a clone without an operation.
fn polled() -> Error {
    Error::config("this is the clone of a call that was polled before: clone a call before it is polled")
}

/// The pinned future inside is boxed.
impl<O> Unpin for Call<O> {}

impl<O: Clone> Clone for Call<O> {
    fn clone(&self) -> Self {
        let (client, operation, rejected) = (self.client.clone(), self.operation.clone(), self.rejected.clone());
        Self { client, operation, rejected, response: None }
    }
}

/// Sends a request when the future is polled.
pub(super) fn start<O: Operation<Response: Decode>>(
    client: Client,
    request: Result<Request<Bytes>, Error>,
    rejected: Option<String>,
) -> RawFuture {
    let (metadata, accepts_empty) = (O::metadata(), accepts_empty::<O::Response>);
    match metadata.response() {
        ResponseFormat::Download => Box::pin(resume::send(client, request, rejected, metadata, accepts_empty)),
        _ => Box::pin(raw_call::send(client, request, rejected, metadata, accepts_empty)),
    }
}

impl<O> Call<O>
where
    O: Operation,
    O::Response: Decode,
{
    /// Sends a request and keeps the operation.
    pub(super) fn send_request(&self, request: Result<Request<Bytes>, Error>) -> ResponseFuture<O::Response> {
        let response = start::<O>(self.client.clone(), request, self.rejected.clone());
        ResponseFuture { response, format: PhantomData }
    }
}

pub(super) type RawFuture = Pin<Box<dyn Future<Output = RawResult> + Send>>;

/// The future of the response of a page.
pub(super) struct ResponseFuture<F> {
    response: RawFuture,
    format: PhantomData<fn() -> F>,
}

impl<F> ResponseFuture<F> {
    /// A future that is ready with an error.
    pub(super) fn failed(error: Error) -> Self {
        Self { response: Box::pin(std::future::ready(Err(error))), format: PhantomData }
    }

    /// Sends the request at once, in a task. The task ends when this future is dropped. Outside of a tokio runtime, the error
    /// is returned when the future is polled.
    pub(super) fn run_in_task(&mut self) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let response = mem::replace(&mut self.response, Box::pin(std::future::pending()));
        self.response = Box::pin(Task(runtime.spawn(Span::current().instrument(response))));
    }
}

/// A request that runs in a task.
struct Task(JoinHandle<RawResult>);

impl Future for Task {
    type Output = RawResult;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(task::ready!(Pin::new(&mut self.0).poll(cx)).unwrap_or_else(|error| Err(task_error(error))))
    }
}

/// The error of a task that did not end by itself.
pub(super) fn task_error(error: JoinError) -> Error {
    match error.try_into_panic() {
        // A callback of the caller panicked.
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(_) => Error::config("the tokio runtime was shut down during a call"),
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<F: Decode> Future for ResponseFuture<F> {
    type Output = Result<Response<F::Value>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(decode_raw::<F>(task::ready!(self.response.as_mut().poll(cx))))
    }
}

/// Decodes a response and ends its call.
pub(super) fn decode_raw<F: Decode>(result: RawResult) -> Result<Response<F::Value>, Error> {
    let (mut response, observer) = result?;
    match decode::<F>(&mut response) {
        Ok(value) => {
            observer.succeeded(&response.report);
            Ok(Response::new(value, ResponseHead::new(response.report)))
        }
        Err(error) => {
            let error = response.into_error(error.into());
            observer.failed(&error);
            Err(error)
        }
    }
}

impl<O> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("client", &self.client).finish_non_exhaustive()
    }
}
