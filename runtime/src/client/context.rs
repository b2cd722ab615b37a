//! What travels with a request through the stack, so that its layers hold no state of a call.

use super::{Client, base_url::BaseUrl, service::Transport};
use crate::{
    Error, TimeoutKind,
    error::{Cause, Exchange},
    heartbeat::{Beat, Heartbeats, Watch},
    operation::Metadata,
    retry::{Retry, RetryBudget, RetryPolicy},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::time::Instant;

/// The settings of a client, of which a call can override most. Its layers look here and have none of their own.
#[derive(Clone)]
pub(crate) struct Options {
    pub(crate) base_url: BaseUrl,
    pub(crate) timeout: Option<Duration>,
    pub(crate) header_timeout: Option<Duration>,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) retry: Arc<dyn RetryPolicy>,
    pub(crate) heartbeats: Heartbeats,
    pub(crate) max_body: u64,
    pub(crate) max_error_body: u64,
    pub(crate) max_heartbeats: u64,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) on_beat: Option<Arc<dyn Fn(Beat) + Send + Sync>>,
    /// Headers of every request that does not have them itself.
    pub(crate) defaults: Arc<HeaderMap>,
    pub(crate) budget: RetryBudget,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            base_url: BaseUrl::default(),
            timeout: Some(Duration::from_secs(600)),
            header_timeout: Some(Duration::from_secs(75)),
            idle_timeout: Some(Duration::from_secs(75)),
            retry: Arc::new(Retry::default()),
            heartbeats: Heartbeats::default(),
            max_body: 32 << 20,
            max_error_body: 64 << 10,
            max_heartbeats: 1_000_000,
            headers: Vec::new(),
            on_beat: None,
            defaults: Arc::default(),
            budget: RetryBudget::default(),
        }
    }
}

/// What goes through the stack: the request, and beside it what is known of its call. The request is behind a pointer, as
/// each layer hands it on and futures hold it.
pub(crate) struct Outgoing {
    pub(crate) request: Box<Request<Bytes>>,
    pub(crate) context: Arc<Context>,
}

/// One call.
pub(crate) struct Context {
    pub(crate) metadata: &'static Metadata,
    /// Whether the response type has a value for an answer without a body.
    pub(crate) accepts_empty: fn() -> bool,
    /// With the settings of the call in place of its own.
    client: Client,
    begun: Instant,
    pub(crate) deadline: Option<Instant>,
    pub(crate) progress: Progress,
}

/// What must be known beyond an attempt: of one that the deadline cuts off, and of those before the last.
#[derive(Default)]
pub(crate) struct Progress {
    attempts: AtomicU32,
    beats: AtomicU64,
    unsettled: AtomicBool,
}

impl Context {
    pub(crate) fn new(metadata: &'static Metadata, accepts_empty: fn() -> bool, client: Client) -> Self {
        let begun = Instant::now();
        let deadline = client.0.options.timeout.and_then(|timeout| begun.checked_add(timeout));
        Self { metadata, accepts_empty, client, begun, deadline, progress: Progress::default() }
    }

    pub(crate) fn options(&self) -> &Options {
        &self.client.0.options
    }

    pub(super) fn transport(&self) -> &Transport {
        &self.client.0.transport
    }

    /// When the attempt that begins now does so: the first with its call, so that the clock is read once for both.
    pub(crate) fn begin_attempt(&self) -> Instant {
        let earlier = self.progress.attempts.fetch_add(1, Relaxed);
        self.progress.beats.store(0, Relaxed);
        if earlier == 0 { self.begun } else { Instant::now() }
    }

    pub(crate) fn error(&self, cause: Cause, mut exchange: Exchange) -> Error {
        exchange.attempts = self.progress.attempts();
        exchange.unsettled = self.progress.unsettled.load(Relaxed);
        Error::failure(self.metadata, cause, exchange)
    }

    /// The error of a timer that ran out.
    pub(crate) fn timed_out(&self, timer: TimeoutKind, exchange: Exchange) -> Error {
        let limit = match timer {
            TimeoutKind::Header => self.options().header_timeout,
            TimeoutKind::Idle => self.options().idle_timeout,
            TimeoutKind::Overall => self.options().timeout,
        };
        self.error(Cause::Timeout { timer, limit: limit.unwrap_or_default() }, exchange)
    }

    /// The error of the deadline, which ends the call and not only its last attempt.
    pub(crate) fn overdue(&self, sent: bool) -> Error {
        let exchange = Exchange { beats: self.progress.beats.load(Relaxed), sent, ..Exchange::default() };
        self.timed_out(TimeoutKind::Overall, exchange)
    }
}

impl Watch for Context {
    fn beat(&self, beat: Beat) {
        self.progress.beats.store(beat.count, Relaxed);
        if let Some(on_beat) = &self.options().on_beat {
            on_beat(beat);
        }
    }
}

impl Progress {
    /// An attempt failed that may have done its work all the same: no later one can take that back.
    pub(crate) fn unsettle(&self) {
        self.unsettled.store(true, Relaxed);
    }

    pub(crate) fn attempts(&self) -> u32 {
        self.attempts.load(Relaxed)
    }
}
