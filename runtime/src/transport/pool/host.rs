//! The connections of one host.

use super::super::{
    NotSent,
    http_connection::{Free, Http1, Http2, HttpConnection},
};
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};
use tokio::{
    sync::{Notify, watch},
    task::AbortHandle,
    time::{Instant, sleep_until},
};

/// How long a connection without requests stays open. Default of hyper-util: the same.
const IDLE_TIMEOUT: Duration = Duration::from_secs(90);

/// The connections of one host.
#[derive(Default)]
pub(super) struct Host {
    connections: Mutex<Connections>,
    /// Notified when a waiting request may get a connection.
    pub(super) changed: Arc<Notify>,
}

#[derive(Default)]
pub(super) struct Connections {
    /// Whether the last connection had HTTP/2. `None` before the first.
    pub(super) is_http2: Option<bool>,
    pub(super) http1: Vec<Idle>,
    pub(super) http2: Vec<Arc<Http2>>,
    pub(super) connecting: Vec<Connecting>,
    /// The task that closes idle connections.
    reaper: Option<AbortHandle>,
}

/// An HTTP/1.1 connection without a request.
pub(super) struct Idle {
    pub(super) connection: Http1,
    pub(super) since: Instant,
}

/// A connection that is being opened.
pub(super) struct Connecting {
    pub(super) done: Connected,
    /// The number of requests that wait for it.
    pub(super) waiting: usize,
}

/// `Some` once the connection is in the pool, or has failed.
pub(super) type Connected = watch::Receiver<Option<Result<(), NotSent>>>;

impl Host {
    pub(super) fn lock(&self) -> MutexGuard<'_, Connections> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a connection that can take a request.
    pub(super) fn add(self: &Arc<Self>, connection: HttpConnection) {
        let mut connections = self.lock();
        match connection {
            HttpConnection::Http1(connection) => {
                connections.is_http2 = Some(false);
                connections.http1.push(Idle { connection, since: Instant::now() });
            }
            HttpConnection::Http2(connection) => {
                connections.is_http2 = Some(true);
                connections.http2.push(connection);
            }
        }
        // It may also have ended with its runtime.
        if connections.reaper.as_ref().is_none_or(AbortHandle::is_finished) {
            connections.reaper = Some(tokio::spawn(close_idle(Arc::downgrade(self))).abort_handle());
        }
        drop(connections);
        self.changed.notify_waiters();
    }
}

impl Connections {
    /// Takes a connection that can take a request: the one that was used last. The task that closes idle connections may be
    /// late, so their age counts here too.
    pub(super) fn take_free(&mut self) -> Option<Free> {
        let now = Instant::now();
        // A closed connection no longer says how many streams it has, and no request may wait for that.
        self.http2.retain(|connection| !connection.is_closed());
        let is_fresh = |connection: &&Arc<Http2>| !connection.idle_since().is_some_and(|since| is_due(since, now));
        if let Some(stream) = self.http2.iter().filter(is_fresh).find_map(Http2::take_stream) {
            return Some(Free::Http2(stream));
        }
        while let Some(Idle { connection, since }) = self.http1.pop() {
            if connection.is_ready() && !is_due(since, now) {
                return Some(Free::Http1(connection));
            }
        }
        None
    }

    /// A request no longer waits for a connection that is being opened. Another request may wait for it, in place of one more
    /// connection.
    pub(super) fn leave(&mut self, connected: &Connected) {
        if let Some(connecting) = self.connecting.iter_mut().find(|connecting| connecting.done.same_channel(connected))
        {
            connecting.waiting = connecting.waiting.saturating_sub(1);
        }
    }

    /// Closes connections that had no request for too long. Returns when the next one is due.
    fn close_idle(&mut self) -> Option<Instant> {
        let now = Instant::now();
        self.http1.retain(|idle| idle.connection.is_ready() && !is_due(idle.since, now));
        self.http2.retain(|connection| {
            !connection.is_closed() && !connection.idle_since().is_some_and(|since| is_due(since, now))
        });
        let http2 = self.http2.iter().map(|connection| connection.idle_since().unwrap_or(now));
        self.http1.iter().map(|idle| idle.since).chain(http2).min().map(|since| since + IDLE_TIMEOUT)
    }

    /// Whether there is no connection, not even one that is being opened.
    pub(super) fn is_empty(&self) -> bool {
        self.http1.is_empty() && self.http2.is_empty() && self.connecting.is_empty()
    }
}

impl Drop for Connections {
    fn drop(&mut self) {
        if let Some(reaper) = self.reaper.take() {
            reaper.abort();
        }
    }
}

/// Whether a connection without requests since then is closed.
fn is_due(since: Instant, now: Instant) -> bool {
    now >= since + IDLE_TIMEOUT
}

/// Closes idle connections while there are any.
async fn close_idle(host: Weak<Host>) {
    loop {
        let next = {
            let Some(host) = host.upgrade() else { return };
            let mut connections = host.lock();
            let next = connections.close_idle();
            if next.is_none() {
                connections.reaper = None;
            }
            next
        };
        let Some(next) = next else { return };
        sleep_until(next).await;
    }
}
