//! The pool: open connections by scheme, host and port.
//!
//! The pool of hyper-util keeps one HTTP/2 connection for each host. Requests above the server's limit of concurrent streams
//! wait inside of it, and nobody can tell that they were not sent. It also uses a connection again on which a call has timed
//! out. This pool opens another connection in both cases.

use super::{
    BoxFuture, NotSent,
    connector::Connector,
    full_body::FullBody,
    http_connection::{Http1, Http2, HttpConnection, Stream},
};
use bytes::Bytes;
use http::{
    Request, Response, Uri,
    uri::{Authority, Scheme},
};
use http_body::{Body, Frame, SizeHint};
use hyper::{body::Incoming, client::conn::TrySendError};
use std::{
    collections::HashMap,
    future::poll_fn,
    mem,
    pin::{Pin, pin},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    sync::{Notify, watch},
    time::{Instant, sleep_until},
};

/// How long a connection without requests stays open. Default of hyper-util: the same.
const IDLE_TIMEOUT: Duration = Duration::from_secs(90);
/// The number of requests that wait for one new HTTP/2 connection, if no connection has shown the limit of the server yet.
const USUAL_LIMIT: usize = 100;
/// The number of connections that are opened for one request.
const MAX_CONNECTIONS: u32 = 10;

pub(super) type Key = (Scheme, Authority);

/// The pool. A clone shares the connections.
#[derive(Clone)]
pub(super) struct Pool(Arc<Shared>);

struct Shared {
    connector: Connector,
    hosts: Mutex<Hosts>,
}

#[derive(Default)]
struct Hosts {
    by_key: HashMap<Key, Host>,
    /// Whether a task closes idle connections.
    has_reaper: bool,
}

/// The connections of one scheme, host and port.
#[derive(Default)]
struct Host {
    /// Whether the last connection had HTTP/2. `None` before the first.
    is_http2: Option<bool>,
    http1: Vec<Idle>,
    http2: Vec<Arc<Http2>>,
    connecting: Vec<Connecting>,
    /// Notified when a waiting request may get a connection.
    changed: Arc<Notify>,
}

/// An HTTP/1.1 connection without a request.
struct Idle {
    connection: Http1,
    since: Instant,
}

/// A connection that is being opened.
struct Connecting {
    done: Connected,
    /// The number of requests that wait for it.
    waiting: usize,
}

/// `Some` once the connection is in the pool, or has failed.
type Connected = watch::Receiver<Option<Result<(), NotSent>>>;

impl Pool {
    pub(super) fn new(connector: Connector) -> Self {
        Self(Arc::new(Shared { connector, hosts: Mutex::default() }))
    }

    /// A connection for one request. Nothing is sent before it is returned, so that each error is a [`NotSent`].
    pub(super) async fn acquire(&self, key: &Key) -> Result<Lease, NotSent> {
        let changed = Arc::clone(&self.0.lock().by_key.entry(key.clone()).or_default().changed);
        let mut connected = None;
        let mut connections = 0;
        loop {
            // It notices each notification from now on.
            let mut changed = pin!(changed.notified());
            if let Some(connection) = self.take(key, &mut connected, &mut connections)? {
                let (pool, key) = (Arc::downgrade(&self.0), key.clone());
                let exchange = Exchange { pool, key, started: Instant::now(), stream: None, is_waiting: false };
                return Ok(Lease { connection, exchange });
            }
            let mut is_open: BoxFuture<(), NotSent> = match connected.clone() {
                Some(connected) => Box::pin(opened(connected)),
                None => Box::pin(std::future::pending()),
            };
            let is_open = poll_fn(|cx| match is_open.as_mut().poll(cx) {
                Poll::Ready(result) => Poll::Ready(Some(result)),
                Poll::Pending => changed.as_mut().poll(cx).map(|()| None),
            });
            if let Some(result) = is_open.await {
                result?;
                connected = None;
            }
        }
    }

    /// Takes a connection. If none is free, another one is opened, unless this request waits for one already.
    fn take(
        &self,
        key: &Key,
        connected: &mut Option<Connected>,
        connections: &mut u32,
    ) -> Result<Option<Free>, NotSent> {
        let mut hosts = self.0.lock();
        let host = hosts.by_key.entry(key.clone()).or_default();
        host.close_idle();
        if let Some(stream) = host.http2.iter().find_map(Http2::take_stream) {
            return Ok(Some(Free::Http2(stream)));
        }
        while let Some(Idle { connection, .. }) = host.http1.pop() {
            if connection.is_ready() {
                return Ok(Some(Free::Http1(connection)));
            }
        }
        // A new connection says within a round trip how many streams it has.
        let says_soon = host.http2.iter().any(|connection| connection.limit().is_none());
        if connected.is_some() || says_soon {
            return Ok(None);
        }
        let limit = match host.is_http2 {
            // The first connection shows whether the others can share it.
            None => usize::MAX,
            Some(false) => 1,
            Some(true) => host.http2.iter().filter_map(|connection| connection.limit()).max().unwrap_or(USUAL_LIMIT),
        };
        if let Some(connecting) = host.connecting.iter_mut().find(|connecting| connecting.waiting < limit) {
            connecting.waiting += 1;
            *connected = Some(connecting.done.clone());
        } else if *connections == MAX_CONNECTIONS {
            return Err(NotSent::new("the server closes each connection before a request"));
        } else {
            *connections += 1;
            *connected = Some(self.connect(key, host));
        }
        Ok(None)
    }

    /// Opens a connection in a task of its own, because other requests may wait for it too.
    fn connect(&self, key: &Key, host: &mut Host) -> Connected {
        let (done, connected) = watch::channel(None);
        host.connecting.push(Connecting { done: connected.clone(), waiting: 1 });
        let (connector, changed) = (self.0.connector.clone(), Arc::clone(&host.changed));
        let attempt = Attempt { pool: Arc::downgrade(&self.0), key: key.clone(), done };
        let uri = uri(key);
        tokio::spawn(async move {
            let result = connector.open(uri, changed).await;
            attempt.finish(result);
        });
        connected
    }
}

fn uri((scheme, authority): &Key) -> Uri {
    let parts = Uri::builder().scheme(scheme.clone()).authority(authority.clone()).path_and_query("/");
    // A scheme, an authority and a path always make a URI.
    parts.build().unwrap_or_default()
}

/// Waits until a connection is open.
async fn opened(mut connected: Connected) -> Result<(), NotSent> {
    let stopped = || NotSent::new("the runtime of another call stopped while it connected");
    let result = connected.wait_for(Option::is_some).await.map_err(|_| stopped())?;
    result.clone().unwrap_or(Ok(()))
}

/// An attempt to open a connection. It ends even if its runtime stops.
struct Attempt {
    pool: Weak<Shared>,
    key: Key,
    done: watch::Sender<Option<Result<(), NotSent>>>,
}

impl Attempt {
    fn finish(self, result: Result<HttpConnection, NotSent>) {
        let result = result.map(|connection| {
            if let Some(pool) = self.pool.upgrade() {
                pool.add(&self.key, connection);
            }
        });
        self.done.send_replace(Some(result));
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        let Some(pool) = self.pool.upgrade() else { return };
        let mut hosts = pool.lock();
        if let Some(host) = hosts.by_key.get_mut(&self.key) {
            host.connecting.retain(|connecting| !connecting.done.same_channel(&self.done.subscribe()));
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Hosts> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a connection that can take a request.
    fn add(self: &Arc<Self>, key: &Key, connection: HttpConnection) {
        let mut hosts = self.lock();
        let host = hosts.by_key.entry(key.clone()).or_default();
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
        if !mem::replace(&mut hosts.has_reaper, true) {
            tokio::spawn(close_idle(Reaper(Arc::downgrade(self))));
        }
    }
}

impl Host {
    /// Closes connections that had no request for too long. Returns when the next one is due.
    fn close_idle(&mut self) -> Option<Instant> {
        let now = Instant::now();
        let is_due = |since: Instant| now >= since + IDLE_TIMEOUT;
        self.http1.retain(|idle| idle.connection.is_ready() && !is_due(idle.since));
        self.http2.retain(|connection| !connection.is_closed() && !connection.idle_since().is_some_and(is_due));
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

/// The task that closes idle connections. A pool has at most one.
struct Reaper(Weak<Shared>);

impl Drop for Reaper {
    fn drop(&mut self) {
        if let Some(pool) = self.0.upgrade() {
            pool.lock().has_reaper = false;
        }
    }
}

/// Closes idle connections while there are any.
async fn close_idle(mut reaper: Reaper) {
    loop {
        let next = {
            let Some(pool) = reaper.0.upgrade() else { return };
            let mut hosts = pool.lock();
            let next = hosts.by_key.values_mut().filter_map(Host::close_idle).min();
            hosts.by_key.retain(|_, host| !host.is_unused());
            if next.is_none() {
                hosts.has_reaper = false;
            }
            next
        };
        let Some(next) = next else { return reaper.0 = Weak::new() };
        sleep_until(next).await;
    }
}

/// A connection that is free for one exchange.
pub(super) struct Lease {
    connection: Free,
    exchange: Exchange,
}

enum Free {
    Http1(Http1),
    Http2(Stream),
}

impl Lease {
    /// Whether the connection had a request before.
    pub(super) fn is_reused(&self) -> bool {
        match &self.connection {
            Free::Http1(connection) => connection.is_used,
            Free::Http2(stream) => stream.is_reused,
        }
    }

    /// Sends a request and waits for the head of the response. An error returns a request of which nothing was sent.
    pub(super) async fn send(
        self,
        request: Request<FullBody>,
    ) -> Result<Response<PooledBody>, TrySendError<Request<FullBody>>> {
        let Self { connection, mut exchange } = self;
        exchange.is_waiting = true;
        let result = match connection {
            Free::Http1(mut connection) => {
                let result = connection.send(request).await;
                if result.is_ok() {
                    keep(connection, exchange.pool.clone(), exchange.key.clone());
                }
                result
            }
            Free::Http2(stream) => exchange.stream.insert(stream).send(request).await,
        };
        exchange.is_waiting = false;
        match result {
            Ok(response) => Ok(response.map(|body| PooledBody::new(body, exchange))),
            Err(error) => {
                exchange.retire(|_| false);
                Err(error)
            }
        }
    }
}

/// Returns an HTTP/1.1 connection to the pool when its response is read.
fn keep(mut connection: Http1, pool: Weak<Shared>, key: Key) {
    connection.is_used = true;
    let add = move |connection| {
        if let Some(pool) = pool.upgrade() {
            pool.add(&key, HttpConnection::Http1(connection));
        }
    };
    if connection.is_ready() {
        return add(connection);
    }
    tokio::spawn(async move {
        if connection.ready().await {
            add(connection);
        }
    });
}

/// A request and its response on a connection.
struct Exchange {
    pool: Weak<Shared>,
    key: Key,
    started: Instant,
    /// The stream of HTTP/2.
    stream: Option<Stream>,
    /// Whether it waits for the server. If it is dropped then, a time limit was exceeded, or the caller gave up.
    is_waiting: bool,
}

impl Exchange {
    /// Takes its connection out of the pool, and each one that is suspect because of the time when it was opened. The requests
    /// on them go on.
    fn retire(&self, is_suspect: impl Fn(Instant) -> bool) {
        let Some(pool) = self.pool.upgrade() else { return };
        let mut hosts = pool.lock();
        let Some(host) = hosts.by_key.get_mut(&self.key) else { return };
        let is_own = |other: &Arc<Http2>| self.stream.as_ref().is_some_and(|own| Arc::ptr_eq(&own.connection, other));
        host.http1.retain(|idle| !is_suspect(idle.connection.opened));
        host.http2.retain(|connection| !is_suspect(connection.opened) && !is_own(connection));
        host.changed.notify_waiters();
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        if self.is_waiting {
            // If the network has changed, each connection from before is dead.
            self.retire(|opened| opened <= self.started);
        }
    }
}

/// The body of a response. It ends the exchange.
pub(crate) struct PooledBody {
    body: Incoming,
    exchange: Option<Exchange>,
}

impl PooledBody {
    fn new(body: Incoming, exchange: Exchange) -> Self {
        let exchange = Some(exchange).filter(|_| !body.is_end_stream());
        Self { body, exchange }
    }
}

impl Body for PooledBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        if let Some(exchange) = &mut self.exchange {
            exchange.is_waiting = frame.is_pending();
        }
        if matches!(frame, Poll::Ready(None | Some(Err(_)))) || self.body.is_end_stream() {
            self.exchange = None;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
