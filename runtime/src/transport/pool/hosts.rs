//! The connections of the pool, by host.

use super::super::{
    NotSent,
    http_connection::{Free, Http1, Http2, HttpConnection},
};
use http::uri::{Authority, Scheme};
use std::{
    collections::HashMap,
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

/// The scheme, the host and the port.
pub(in crate::transport) type Key = (Scheme, Authority);

/// The connections of all hosts.
#[derive(Default)]
pub(super) struct Hosts(Mutex<State>);

#[derive(Default)]
struct State {
    by_key: HashMap<Key, Host>,
    /// The task that closes idle connections.
    reaper: Option<AbortHandle>,
}

/// The connections of one host.
#[derive(Default)]
pub(super) struct Host {
    /// Whether the last connection had HTTP/2. `None` before the first.
    pub(super) is_http2: Option<bool>,
    pub(super) http1: Vec<Idle>,
    pub(super) http2: Vec<Arc<Http2>>,
    pub(super) connecting: Vec<Connecting>,
    /// Notified when a waiting request may get a connection.
    pub(super) changed: Arc<Notify>,
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

impl Hosts {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads or changes the connections of a host.
    pub(super) fn with<T>(&self, key: &Key, f: impl FnOnce(&mut Host) -> T) -> T {
        f(self.lock().by_key.entry(key.clone()).or_default())
    }

    /// Adds a connection that can take a request.
    pub(super) fn add(self: &Arc<Self>, key: &Key, connection: HttpConnection) {
        let mut state = self.lock();
        let host = state.by_key.entry(key.clone()).or_default();
        match connection {
            HttpConnection::Http1(connection) => {
                host.is_http2 = Some(false);
                host.http1.push(Idle { connection, since: Instant::now() });
            }
            HttpConnection::Http2(connection) => {
                host.is_http2 = Some(true);
                host.http2.push(connection);
            }
        }
        host.changed.notify_waiters();
        // It may also have ended with its runtime.
        if state.reaper.as_ref().is_none_or(AbortHandle::is_finished) {
            state.reaper = Some(tokio::spawn(close_idle(Arc::downgrade(self))).abort_handle());
        }
    }
}

impl Host {
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

    /// Closes connections that had no request for too long. Returns when the next one is due.
    pub(super) fn close_idle(&mut self) -> Option<Instant> {
        let now = Instant::now();
        self.http1.retain(|idle| idle.connection.is_ready() && !is_due(idle.since, now));
        self.http2.retain(|connection| {
            !connection.is_closed() && !connection.idle_since().is_some_and(|since| is_due(since, now))
        });
        let http2 = self.http2.iter().map(|connection| connection.idle_since().unwrap_or(now));
        self.http1.iter().map(|idle| idle.since).chain(http2).min().map(|since| since + IDLE_TIMEOUT)
    }

    fn is_unused(&self) -> bool {
        self.http1.is_empty()
            && self.http2.is_empty()
            && self.connecting.is_empty()
            // No request waits.
            && Arc::strong_count(&self.changed) == 1
    }
}

/// Whether a connection without requests since then is closed.
fn is_due(since: Instant, now: Instant) -> bool {
    now >= since + IDLE_TIMEOUT
}

impl Drop for Hosts {
    fn drop(&mut self) {
        let state = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(reaper) = state.reaper.take() {
            reaper.abort();
        }
    }
}

/// Closes idle connections while there are any.
async fn close_idle(hosts: Weak<Hosts>) {
    loop {
        let next = {
            let Some(hosts) = hosts.upgrade() else { return };
            let mut state = hosts.lock();
            let next = state.by_key.values_mut().filter_map(Host::close_idle).min();
            state.by_key.retain(|_, host| !host.is_unused());
            if next.is_none() {
                state.reaper = None;
            }
            next
        };
        let Some(next) = next else { return };
        sleep_until(next).await;
    }
}
