//! One attempt: the request is sent, and its answer taken in whole, without heartbeats, and judged.

mod coding;
mod collect;
mod deadline;
mod envelope;
mod idle;
#[cfg(feature = "gzip")]
mod inflate;
mod judge;
mod outline;

pub(crate) use idle::Silent;

use super::{context::Context, service::ResponseBody};
use crate::{
    Error, TimeoutKind,
    error::{BoxError, Cause, Exchange},
    format::ResponseFormat,
    transport::was_not_sent,
};
use bytes::Bytes;
use deadline::{earlier, in_time};
use http::response::Parts;
use http_body::Body;
use idle::Idle;
use judge::{Reception, refusal};
use std::{
    fmt,
    future::poll_fn,
    pin::{Pin, pin},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    task::Poll,
};
use tokio::time::{Instant, sleep_until};

/// A successful answer. Its head is behind a pointer, as every layer hands it on.
pub(crate) struct Answer {
    pub(crate) parts: Box<Parts>,
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
            Payload::Whole(bytes) => judge::bounded(bytes, self.context.options().max_error_body),
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

/// Takes in the answer of a transport. What depends on the transport's types is here alone, so that the rest is
/// compiled once. Until the transport was `called`, it has no request that it could have sent.
pub(super) async fn receive<B>(
    context: Arc<Context>,
    response: Pin<&mut (impl Future<Output = Result<(Box<Parts>, B), BoxError>> + Send)>,
    called: &AtomicBool,
) -> Result<Answer, Error>
where
    B: Body<Data = Bytes, Error = BoxError> + Send + 'static,
{
    let since = context.begin_attempt();
    let (mut parts, body) = head(&context, since, response, called).await?;
    let idle_timeout = context.options().idle_timeout;
    if context.metadata.response() == ResponseFormat::Download && parts.status.is_success() {
        let payload = Payload::Stream(Box::pin(Idle::new(Box::pin(body), idle_timeout)));
        return Ok(Answer { parts, payload, beats: 0, since, context });
    }
    let body = pin!(body);
    let mut body = Arriving::new(body, idle_timeout).within(context.deadline);
    if !parts.status.is_success() {
        return Err(refusal(&context, since, &mut parts, &mut body).await);
    }
    let reception = Reception { context: &context, since, parts: &parts };
    let (bytes, beats) = {
        let mut taking_in = pin!(reception.take_in(&mut body));
        let taken = poll_fn(|cx| in_time(taking_in.as_mut().poll(cx), context.deadline)).await;
        taken.unwrap_or_else(|| Err(context.overdue(true)))?
    };
    Ok(Answer { parts, payload: Payload::Whole(bytes), beats, since, context })
}

/// What an answer is taken in from: where the body is, without its type.
type Arriving<'a> = Idle<Pin<&'a mut (dyn Body<Data = Bytes, Error = BoxError> + Send)>>;

/// The head of the answer, before the header timer runs out or the deadline of the call is over.
async fn head<T>(
    context: &Context,
    since: Instant,
    mut response: Pin<&mut impl Future<Output = Result<T, BoxError>>>,
    called: &AtomicBool,
) -> Result<T, Error> {
    let limit = context.options().header_timeout.and_then(|limit| since.checked_add(limit));
    let end = earlier(limit, context.deadline);
    let mut timer = pin!(None);
    poll_fn(|cx| {
        if let Poll::Ready(head) = response.as_mut().poll(cx) {
            return Poll::Ready(head.map_err(|error| failed(context, since, error)));
        }
        let Some(end) = end else { return Poll::Pending };
        let is_first = timer.is_none();
        if is_first {
            timer.set(Some(sleep_until(end)));
        }
        let rings = timer.as_mut().as_pin_mut().is_some_and(|timer| timer.poll(cx).is_ready());
        // The first look at the clock was a moment ago, when the attempt began.
        let is_over = rings || (!is_first && end <= Instant::now());
        match (is_over, limit == Some(end)) {
            (false, _) => Poll::Pending,
            (true, true) => Poll::Ready(Err(unanswered(context, since, called.load(Relaxed)))),
            (true, false) => Poll::Ready(Err(context.overdue(called.load(Relaxed)))),
        }
    })
    .await
}

/// The error of an answer that has no head, as its transport failed.
#[cold]
fn failed(context: &Context, since: Instant, error: BoxError) -> Error {
    let exchange = |sent| Exchange { sent, elapsed: since.elapsed(), ..Exchange::default() };
    if was_not_sent(error.as_ref()) {
        context.error(Cause::Connect(error), exchange(false))
    } else {
        context.error(Cause::Transport(error), exchange(true))
    }
}

/// The same, as the header timer ran out.
#[cold]
fn unanswered(context: &Context, since: Instant, sent: bool) -> Error {
    context.timed_out(TimeoutKind::Header, Exchange { sent, elapsed: since.elapsed(), ..Exchange::default() })
}
