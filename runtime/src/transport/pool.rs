//! The pool: open connections by scheme, host and port.
//!
//! The pool of hyper-util keeps one HTTP/2 connection for each host. Requests above the server's limit of concurrent streams
//! wait inside of it, and nobody can tell that they were not sent. It also uses a connection again on which a call has timed
//! out. This pool opens another connection in both cases.

mod host;
mod lease;

pub(crate) use lease::PooledBody;

use super::{
    BoxFuture, NotSent,
    connector::Connector,
    http_connection::{Free, HttpConnection},
};
use host::{Connected, Connecting, Connections, Host};
use http::{
    Uri,
    uri::{Authority, Scheme},
};
use lease::Lease;
use std::{
    future::poll_fn,
    pin::pin,
    sync::{Arc, Mutex, PoisonError, Weak},
    task::Poll,
};
use tokio::sync::watch;

/// The number of requests that wait for one new HTTP/2 connection, if no connection has shown the limit of the server yet.
const USUAL_LIMIT: usize = 100;
/// The number of connections that are opened for one request.
const MAX_CONNECTIONS: u32 = 10;

/// The pool. A clone shares the connections.
#[derive(Clone)]
pub(super) struct Pool {
    connector: Arc<Connector>,
    hosts: Arc<Mutex<Hosts>>,
}

/// A client talks to few hosts, so that comparing their names takes less time than hashing one.
type Hosts = Vec<(Key, Arc<Host>)>;

/// The scheme, the host and the port.
pub(super) type Key = (Scheme, Authority);

/// What a request waits for.
#[derive(Default)]
struct Wait {
    /// A connection that is being opened.
    connected: Option<Connected>,
    /// The number of connections that were opened for it.
    connections: u32,
}

impl Pool {
    pub(super) fn new(connector: Connector) -> Self {
        Self { connector: Arc::new(connector), hosts: Arc::default() }
    }

    /// A connection for one request. Nothing is sent before it is returned, so that each error is a [`NotSent`].
    pub(super) async fn acquire(&self, key: &Key) -> Result<Lease, NotSent> {
        let host = self.host(key);
        let free = host.lock().take_free();
        if let Some(connection) = free {
            return Ok(Lease::new(connection, host));
        }
        let mut wait = Wait::default();
        loop {
            // It notices each notification from now on.
            let mut changed = pin!(host.changed.notified());
            let free = self.take(&host, &mut host.lock(), key, &mut wait)?;
            if let Some(connection) = free {
                return Ok(Lease::new(connection, Arc::clone(&host)));
            }
            let mut connected: BoxFuture<(), NotSent> = match wait.connected.clone() {
                Some(connected) => Box::pin(opened(connected)),
                None => Box::pin(std::future::pending()),
            };
            let connected = poll_fn(|cx| match connected.as_mut().poll(cx) {
                Poll::Ready(result) => Poll::Ready(Some(result)),
                Poll::Pending => changed.as_mut().poll(cx).map(|()| None),
            });
            if let Some(result) = connected.await {
                result?;
                wait.connected = None;
            }
        }
    }

    fn host(&self, key: &Key) -> Arc<Host> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, host)) = hosts.iter().find(|(of, _)| of == key) {
            return Arc::clone(host);
        }
        // Only the pool knows a host that no request uses.
        hosts.retain(|(_, host)| Arc::strong_count(host) > 1 || !host.lock().is_empty());
        let host = Arc::default();
        hosts.push((key.clone(), Arc::clone(&host)));
        host
    }

    /// Takes a connection. If none is free, another one is opened, unless the request waits for one already.
    fn take(
        &self,
        host: &Arc<Host>,
        connections: &mut Connections,
        key: &Key,
        wait: &mut Wait,
    ) -> Result<Option<Free>, NotSent> {
        if let Some(connection) = connections.take_free() {
            if let Some(connected) = wait.connected.take() {
                connections.leave(&connected);
            }
            return Ok(Some(connection));
        }
        // A new connection says within a round trip how many streams it has.
        let says_soon = connections.http2.iter().any(|connection| connection.limit().is_none());
        if wait.connected.is_some() || says_soon {
            return Ok(None);
        }
        let limit = match connections.is_http2 {
            // The first connection shows whether the others can share it.
            None => usize::MAX,
            Some(false) => 1,
            Some(true) => {
                connections.http2.iter().filter_map(|connection| connection.limit()).max().unwrap_or(USUAL_LIMIT)
            }
        };
        if let Some(connecting) = connections.connecting.iter_mut().find(|connecting| connecting.waiting < limit) {
            connecting.waiting += 1;
            wait.connected = Some(connecting.done.clone());
        } else if wait.connections == MAX_CONNECTIONS {
            return Err(NotSent::new("the server closes each connection before a request"));
        } else {
            wait.connections += 1;
            wait.connected = Some(self.connect(host, connections, key));
        }
        Ok(None)
    }

    /// Opens a connection in a task of its own, because other requests may wait for it too.
    fn connect(&self, host: &Arc<Host>, connections: &mut Connections, key: &Key) -> Connected {
        let (done, connected) = watch::channel(None);
        connections.connecting.push(Connecting { done: connected.clone(), waiting: 1 });
        let (connector, changed) = (Connector::clone(&self.connector), Arc::clone(&host.changed));
        let attempt = Attempt { host: Arc::downgrade(host), done };
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
    host: Weak<Host>,
    done: watch::Sender<Option<Result<(), NotSent>>>,
}

impl Attempt {
    fn finish(self, result: Result<HttpConnection, NotSent>) {
        let result = result.map(|connection| {
            if let Some(host) = self.host.upgrade() {
                host.add(connection);
            }
        });
        self.done.send_replace(Some(result));
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        let Some(host) = self.host.upgrade() else { return };
        let done = self.done.subscribe();
        host.lock().connecting.retain(|connecting| !connecting.done.same_channel(&done));
    }
}
