//! A connection of the pool, for one request and its response.

use super::{
    super::{
        http_connection::{Free, Http1, Http2, HttpConnection, Stream},
        upload_body::UploadBody,
    },
    host::Host,
};
use bytes::Bytes;
use http::{Request, Response};
use http_body::{Body, Frame, SizeHint};
use hyper::{body::Incoming, client::conn::TrySendError};
use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};
use tokio::time::Instant;

/// A connection that is free for one exchange.
pub(in crate::transport) struct Lease {
    connection: Free,
    exchange: Exchange,
}

impl Lease {
    pub(super) fn new(connection: Free, host: Arc<Host>) -> Self {
        let exchange = Exchange { host, started: Instant::now(), stream: None, is_waiting: false };
        Self { connection, exchange }
    }

    /// Whether the connection had a request before.
    pub(in crate::transport) fn is_reused(&self) -> bool {
        match &self.connection {
            Free::Http1(connection) => connection.is_used,
            Free::Http2(stream) => stream.is_reused,
        }
    }

    /// Sends a request and waits for the head of the response. An error returns a request of which nothing was sent.
    pub(in crate::transport) async fn send(
        self,
        request: Request<UploadBody>,
    ) -> Result<Response<PooledBody>, TrySendError<Request<UploadBody>>> {
        let Self { connection, mut exchange } = self;
        exchange.is_waiting = true;
        let result = match connection {
            Free::Http1(mut connection) => {
                let result = connection.send(request).await;
                if result.is_ok() {
                    keep(connection, &exchange.host);
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
fn keep(mut connection: Http1, host: &Arc<Host>) {
    connection.is_used = true;
    if connection.is_ready() {
        return host.add(HttpConnection::Http1(connection));
    }
    // A client that is dropped closes its connections once their responses are read.
    let host = Arc::downgrade(host);
    tokio::spawn(async move {
        if connection.ready().await
            && let Some(host) = host.upgrade()
        {
            host.add(HttpConnection::Http1(connection));
        }
    });
}

/// A request and its response on a connection.
struct Exchange {
    host: Arc<Host>,
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
        let is_own = |other: &Arc<Http2>| self.stream.as_ref().is_some_and(|own| Arc::ptr_eq(&own.connection, other));
        let mut connections = self.host.lock();
        connections.http1.retain(|idle| !is_suspect(idle.connection.opened));
        connections.http2.retain(|connection| !is_suspect(connection.opened) && !is_own(connection));
        drop(connections);
        self.host.changed.notify_waiters();
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
