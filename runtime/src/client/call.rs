//! One call: its own settings, and the future of its answer.

use super::{
    Client, Response,
    base_url::BaseUrl,
    context::{Context, Options, Outgoing},
    defaults::PREFER,
    receive::Answer,
    service::BoxFuture,
    stack::stack,
};
use crate::{
    Error, Operation, Prefer,
    decode::{Decode, Received, Undecodable},
    error::{Cause, Exchange},
    heartbeat::{Beat, Heartbeats},
    operation::Metadata,
    request::flaw,
    retry::{Retry, RetryPolicy},
};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, header};
use std::{
    fmt,
    future::{IntoFuture, poll_fn, ready},
    marker::PhantomData,
    pin::Pin,
    sync::Arc,
    task::{self, Poll},
    time::Duration,
};
use tower_service::Service;

/// An operation about to be sent, with settings that hold for this call alone. Awaiting it sends it.
#[must_use = "nothing is sent until it is awaited"]
#[derive(Clone)]
pub struct Call<O> {
    /// With settings of its own if one was set.
    client: Client,
    operation: O,
    /// The first setting that cannot be used.
    refused: Option<String>,
}

impl<O> Call<O> {
    pub(super) fn new(client: Client, operation: O) -> Self {
        Self { client, operation, refused: None }
    }

    /// The longest the whole call may take, with its retries and the waits between them. `None` for no limit.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings().timeout = timeout.into();
        self
    }

    /// The longest an attempt may take until the head of its answer is there. `None` for no limit.
    pub fn header_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings().header_timeout = timeout.into();
        self
    }

    /// The longest silence inside an answer; a heartbeat ends it. `None` for no limit.
    pub fn idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings().idle_timeout = timeout.into();
        self
    }

    /// Another retry policy.
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.settings().retry = Arc::new(policy);
        self
    }

    /// One attempt, whatever happens.
    pub fn no_retry(self) -> Self {
        self.retry(Retry::none())
    }

    /// When heartbeats are asked for.
    pub fn heartbeats(mut self, heartbeats: Heartbeats) -> Self {
        self.settings().heartbeats = heartbeats;
        self
    }

    /// Called with each piece of the answer that brings heartbeats: for a progress display. It must not block. After a
    /// retry the count begins anew.
    pub fn on_heartbeat(mut self, callback: impl Fn(Beat) + Send + Sync + 'static) -> Self {
        self.settings().on_beat = Some(Arc::new(callback));
        self
    }

    /// The most bytes an answer may have, without its heartbeats.
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.settings().max_body = bytes;
        self
    }

    /// Another base URL, with the same credentials. The rules are those of [`ClientBuilder::base_url`]; one that
    /// breaks them is an error of [`ErrorKind::Config`](crate::ErrorKind::Config) when the call is awaited.
    ///
    /// [`ClientBuilder::base_url`]: super::ClientBuilder::base_url
    pub fn base_url(mut self, url: impl AsRef<str>) -> Self {
        match BaseUrl::parse(url.as_ref()) {
            Ok(base_url) => self.settings().base_url = base_url,
            Err(message) => self.refuse(format!("setting `base_url`: {message}")),
        }
        self
    }

    /// One more header, in place of one of the same name; `prefer` alone is merged with what the operation prefers, and
    /// so has to be a list of preferences. Otherwise the rules are those of a declared header. What breaks them is an
    /// error of [`ErrorKind::Config`](crate::ErrorKind::Config) when the call is awaited. Bytes beyond ASCII are sent as
    /// they are given: text goes out in UTF-8.
    ///
    /// `authorization`, `cookie` and what the operation declares `sensitive` are marked as secrets.
    pub fn header(mut self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        match header(name, value) {
            Ok(header) => self.settings().headers.push(header),
            Err(message) => self.refuse(message),
        }
        self
    }

    pub(super) fn operation_mut(&mut self) -> &mut O {
        &mut self.operation
    }

    fn settings(&mut self) -> &mut Options {
        &mut Arc::make_mut(&mut self.client.0).options
    }

    fn refuse(&mut self, message: String) {
        self.refused.get_or_insert(message);
    }
}

/// A header of the caller's. The value stays out of the message.
pub(super) fn header(
    name: impl TryInto<HeaderName>,
    value: impl TryInto<HeaderValue>,
) -> Result<(HeaderName, HeaderValue), String> {
    checked(name.try_into().ok(), value.try_into().ok()).map_err(|problem| format!("setting `header`: {problem}"))
}

/// Holds a header to the rules that the attribute and the encoding of requests have for declared ones.
fn checked(name: Option<HeaderName>, value: Option<HeaderValue>) -> Result<(HeaderName, HeaderValue), String> {
    // Those that the attribute refuses.
    const TRANSPORTS: [&str; 12] = [
        "connection",
        "content-length",
        "expect",
        "host",
        "http2-settings",
        "keep-alive",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    const CREDENTIALS: [HeaderName; 2] = [header::AUTHORIZATION, header::COOKIE];
    let name = name.ok_or("this is not a header name")?;
    if TRANSPORTS.contains(&name.as_str()) {
        return Err(format!("`{name}` belongs to the transport"));
    }
    let mut value = value.ok_or_else(|| format!("the value of `{name}` cannot be sent"))?;
    if let Some(flaw) = flaw(name.as_str(), value.as_bytes()) {
        return Err(format!("the value of `{name}` {flaw}"));
    }
    // It is merged, and what cannot be read would be lost.
    if name == PREFER && !value.to_str().is_ok_and(|text| text.parse::<Prefer>().is_ok()) {
        return Err(format!("the value of `{name}` is not a list of preferences (RFC 7240)"));
    }
    if CREDENTIALS.contains(&name) {
        value.set_sensitive(true);
    }
    Ok((name, value))
}

impl<O> IntoFuture for Call<O>
where
    O: Operation,
    O::Response: Decode,
{
    type Output = Result<Response<<O::Response as Decode>::Value>, Error>;
    type IntoFuture = ResponseFuture<O::Response>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { client, operation, refused } = self;
        ResponseFuture::begin::<O>(client, operation.to_http_request(), refused)
    }
}

impl<O> Call<O>
where
    O: Operation,
    O::Response: Decode,
{
    /// The request of the operation as it is now.
    pub(super) fn request(&self) -> Result<Request<Bytes>, Error> {
        self.operation.to_http_request()
    }

    /// Sends that request, and keeps the operation.
    pub(super) fn sending(&self, request: Result<Request<Bytes>, Error>) -> ResponseFuture<O::Response> {
        ResponseFuture::begin::<O>(self.client.clone(), request, self.refused.clone())
    }
}

/// The part of a call that does not depend on its types.
fn begin(
    client: Client,
    request: Box<Request<Bytes>>,
    metadata: &'static Metadata,
    accepts_empty: fn() -> bool,
) -> BoxFuture<Answer, Error> {
    Box::pin(async move {
        // The deadline counts from the first poll.
        let context = Arc::new(Context::new(metadata, accepts_empty, client));
        let mut stack = stack();
        poll_fn(|cx| stack.poll_ready(cx)).await?;
        stack.call(Outgoing { request, context }).await
    })
}

/// The future of an answer. Dropping it closes the connection it waits on.
#[must_use = "futures do nothing unless polled"]
pub struct ResponseFuture<F> {
    answer: BoxFuture<Answer, Error>,
    format: PhantomData<fn() -> F>,
}

impl<F: Decode> ResponseFuture<F> {
    fn begin<O: Operation<Response = F>>(
        client: Client,
        request: Result<Request<Bytes>, Error>,
        refused: Option<String>,
    ) -> Self {
        let answer = match (request, refused) {
            (Ok(request), None) => begin(client, Box::new(request), O::metadata(), F::accepts_empty),
            (Err(error), _) => return Self::failed(error),
            (Ok(_), Some(message)) => {
                return Self::failed(Error::failure(O::metadata(), Cause::Config(message.into()), Exchange::default()));
            }
        };
        Self { answer, format: PhantomData }
    }
}

impl<F> ResponseFuture<F> {
    /// An error that is there already.
    pub(super) fn failed(error: Error) -> Self {
        Self { answer: Box::pin(ready(Err(error))), format: PhantomData }
    }
}

impl<F: Decode> Future for ResponseFuture<F> {
    type Output = Result<Response<F::Value>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Self::Output> {
        let mut received = Received(task::ready!(self.answer.as_mut().poll(cx))?);
        Poll::Ready(match F::decode(&mut received) {
            Ok(value) => Ok(Response::new(value, received.0)),
            Err(error) => Err(undecodable(error, &received.0)),
        })
    }
}

fn undecodable(error: Undecodable, answer: &Answer) -> Error {
    let cause = Cause::Decode { path: error.path, source: error.source };
    answer.error(cause)
}

impl<O> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("client", &self.client).finish_non_exhaustive()
    }
}

impl<F> fmt::Debug for ResponseFuture<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}
