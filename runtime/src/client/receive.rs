//! One attempt: the request is sent, and its answer taken in whole, without heartbeats, and judged.

mod coding;
mod collect;
mod envelope;
mod idle;
#[cfg(feature = "gzip")]
mod inflate;
mod judge;
mod outline;

pub(crate) use idle::Silent;

use super::{
    context::{Context, Outgoing},
    deadline::earlier,
    service::{BoxFuture, ResponseBody},
};
use crate::{
    Error, Timer,
    error::{BoxError, Cause, Exchange},
    transport::was_not_sent,
};
use bytes::Bytes;
use http::{Request, Response, response::Parts};
use std::{
    fmt,
    future::poll_fn,
    pin::pin,
    sync::Arc,
    task::{self, Poll},
};
use tokio::time::{Instant, sleep_until};
use tower_layer::Layer;
use tower_service::Service;

/// A successful answer.
pub(crate) struct Answer {
    pub(crate) parts: Parts,
    pub(crate) payload: Payload,
    pub(crate) beats: u64,
    pub(crate) since: Instant,
    pub(crate) context: Arc<Context>,
}

/// What is left to decode.
pub(crate) enum Payload {
    Whole(Bytes),
    Stream(ResponseBody),
}

impl Answer {
    /// The error of an answer that came whole.
    pub(super) fn error(&self, cause: Cause) -> Error {
        let body = match &self.payload {
            Payload::Whole(bytes) => judge::bounded(bytes, self.context.options.max_error_body),
            Payload::Stream(_) => Bytes::new(),
        };
        let exchange = Exchange {
            status: Some(self.parts.status),
            headers: self.parts.headers.clone(),
            body,
            beats: self.beats,
            elapsed: self.since.elapsed(),
            sent: true,
            ..Exchange::default()
        };
        self.context.error(cause, exchange)
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("status", &self.parts.status).finish_non_exhaustive()
    }
}

#[derive(Clone, Copy)]
pub(super) struct ReceiveLayer;

#[derive(Clone)]
pub(super) struct Receive<S>(S);

impl<S> Layer<S> for ReceiveLayer {
    type Service = Receive<S>;

    fn layer(&self, inner: S) -> Receive<S> {
        Receive(inner)
    }
}

impl<S> Service<Outgoing> for Receive<S>
where
    S: Service<Request<Bytes>, Response = Response<ResponseBody>, Error = BoxError>,
    S::Future: Send + 'static,
{
    type Response = Answer;
    type Error = Error;
    type Future = BoxFuture<Answer, Error>;

    fn poll_ready(&mut self, _: &mut task::Context<'_>) -> Poll<Result<(), Error>> {
        // The transport is always ready; see there.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, Outgoing { request, context }: Outgoing) -> Self::Future {
        let since = Instant::now();
        context.progress.begin_attempt();
        let response = self.0.call(request);
        Box::pin(async move {
            let response = head(&context, since, response).await?;
            judge::judge(context, since, response).await
        })
    }
}

/// The head of the answer, before the header timer runs out.
async fn head(
    context: &Context,
    since: Instant,
    response: impl Future<Output = Result<Response<ResponseBody>, BoxError>>,
) -> Result<Response<ResponseBody>, Error> {
    let limit = context.options.header_timeout.and_then(|limit| since.checked_add(limit));
    let end = earlier(limit, context.deadline);
    let (mut response, mut timer) = (pin!(response), pin!(None));
    let response = poll_fn(|cx| {
        if let Poll::Ready(response) = response.as_mut().poll(cx) {
            return Poll::Ready(Ok(response));
        }
        let Some(end) = end else { return Poll::Pending };
        if timer.is_none() {
            timer.set(Some(sleep_until(end)));
        }
        let over = timer.as_mut().as_pin_mut().is_some_and(|timer| timer.poll(cx).is_ready());
        // If it was for the deadline, its layer says so.
        if over && limit == Some(end) { Poll::Ready(Err(())) } else { Poll::Pending }
    });
    let response = response.await;
    let exchange = |sent| Exchange { sent, elapsed: since.elapsed(), ..Exchange::default() };
    match response {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(error)) if was_not_sent(error.as_ref()) => Err(context.error(Cause::Connect(error), exchange(false))),
        Ok(Err(error)) => Err(context.error(Cause::Transport(error), exchange(true))),
        Err(()) => Err(context.timed_out(Timer::Header, exchange(true))),
    }
}
