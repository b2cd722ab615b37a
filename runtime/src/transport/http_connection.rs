//! An open connection, with HTTP/1.1 or HTTP/2 on it.

use super::{
    connection::Connection,
    head_limits::{MAX_HEAD_BYTES, MAX_HEADERS},
    upload_body::UploadBody,
};
use http::{HeaderValue, Request, Response, Uri, header, uri::Scheme};
use hyper::{
    body::Incoming,
    client::conn::{TrySendError, http1, http2},
};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::{
    future::poll_fn,
    pin::{Pin, pin},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    task::Poll,
    time::Duration,
};
use tokio::{sync::Notify, time::Instant};

/// How long a connection with open streams may be silent before the client asks whether it is alive. Default of hyper: never.
const PING_AFTER: Duration = Duration::from_secs(20);
/// How long the answer may take before the connection is closed. Default of hyper: 20 seconds.
const PING_TIMEOUT: Duration = Duration::from_secs(10);
/// The limit of concurrent streams before the server has sent its own. No server has it, so it means "unknown".
const UNKNOWN_LIMIT: usize = u32::MAX as usize - 1;

pub(super) enum HttpConnection {
    Http1(Http1),
    Http2(Arc<Http2>),
}

/// A connection, or one of its streams, that can take a request.
pub(super) enum Free {
    Http1(Http1),
    Http2(Stream),
}

pub(super) type SendResult = Result<Response<Incoming>, TrySendError<Request<UploadBody>>>;

/// Starts HTTP on a connection. `changed` is notified when the server changes how many streams a connection can have, and when
/// the connection is closed.
pub(super) async fn open(io: Connection, server: &Uri, changed: Arc<Notify>) -> Result<HttpConnection, hyper::Error> {
    if io.is_http2 {
        Http2::open(io, changed).await.map(HttpConnection::Http2)
    } else {
        Http1::open(io, server).await.map(HttpConnection::Http1)
    }
}

/// A connection with HTTP/1.1. It has one request at a time.
pub(super) struct Http1 {
    sender: http1::SendRequest<UploadBody>,
    /// The `Host` header of each request.
    host: HeaderValue,
    /// Whether the requests go to a proxy, and not to the server.
    is_proxy: bool,
    pub(super) opened: Instant,
    pub(super) is_used: bool,
}

impl Http1 {
    async fn open(io: Connection, server: &Uri) -> Result<Self, hyper::Error> {
        let is_proxy = io.is_proxy;
        let (mut sender, connection) =
            http1::Builder::new().max_headers(MAX_HEADERS).max_buf_size(MAX_HEAD_BYTES as usize).handshake(io).await?;
        tokio::spawn(connection);
        sender.ready().await?;
        Ok(Self { sender, host: host(server), is_proxy, opened: Instant::now(), is_used: false })
    }

    /// Whether it can take a request now.
    pub(super) fn is_ready(&self) -> bool {
        self.sender.is_ready()
    }

    /// Waits until it can take another request. `false` if it was closed.
    pub(super) async fn ready(&mut self) -> bool {
        self.sender.ready().await.is_ok()
    }

    pub(super) async fn send(&mut self, mut request: Request<UploadBody>) -> SendResult {
        request.headers_mut().entry(header::HOST).or_insert_with(|| self.host.clone());
        if !self.is_proxy {
            *request.uri_mut() =
                request.uri().path_and_query().map_or_else(Uri::default, |target| target.clone().into());
        }
        self.sender.try_send_request(request).await
    }
}

/// The value of the `Host` header (RFC 9110, section 7.2).
fn host(uri: &Uri) -> HeaderValue {
    let default_port = if uri.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
    let host = uri.host().unwrap_or_default();
    let value = match uri.port_u16() {
        Some(port) if port != default_port => format!("{host}:{port}"),
        _ => host.to_owned(),
    };
    HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static(""))
}

type Http2Connection = http2::Connection<Connection, UploadBody, TokioExecutor>;

/// A connection with HTTP/2. Its requests are concurrent, up to the limit of the server.
pub(super) struct Http2 {
    sender: http2::SendRequest<UploadBody>,
    /// The limit of the server can be read from it. `None` once it is closed.
    connection: Arc<Mutex<Option<Http2Connection>>>,
    /// The number of open streams.
    streams: AtomicUsize,
    is_used: AtomicBool,
    pub(super) opened: Instant,
    idle_since: Mutex<Instant>,
    changed: Arc<Notify>,
}

impl Http2 {
    async fn open(io: Connection, changed: Arc<Notify>) -> Result<Arc<Self>, hyper::Error> {
        let was_read = Arc::clone(&io.was_read);
        let (sender, connection) = http2::Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .max_header_list_size(MAX_HEAD_BYTES)
            .initial_max_send_streams(UNKNOWN_LIMIT)
            .keep_alive_interval(PING_AFTER)
            .keep_alive_timeout(PING_TIMEOUT)
            .handshake(io)
            .await?;
        let connection = Arc::new(Mutex::new(Some(connection)));
        tokio::spawn(drive(Arc::clone(&connection), was_read, Arc::clone(&changed)));
        let now = Instant::now();
        Ok(Arc::new(Self {
            sender,
            connection,
            streams: AtomicUsize::new(0),
            is_used: AtomicBool::new(false),
            opened: now,
            idle_since: Mutex::new(now),
            changed,
        }))
    }

    pub(super) fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }

    /// How many streams the server allows. `None` until the server has said it.
    pub(super) fn limit(&self) -> Option<usize> {
        limit(&self.connection)
    }

    /// The end of the last stream. `None` while a stream is open.
    pub(super) fn idle_since(&self) -> Option<Instant> {
        (self.streams.load(Relaxed) == 0).then(|| *lock(&self.idle_since))
    }

    /// Takes a stream, if one is free. Only one task at a time calls it. Before the limit is known, one stream is free: most
    /// servers allow it, and the first request need not wait for them.
    pub(super) fn take_stream(self: &Arc<Self>) -> Option<Stream> {
        if self.is_closed() || self.streams.load(Relaxed) >= self.limit().unwrap_or(1) {
            return None;
        }
        self.streams.fetch_add(1, Relaxed);
        Some(Stream { is_reused: self.is_used.swap(true, Relaxed), connection: Arc::clone(self) })
    }
}

/// One of the streams of a connection. Dropping it makes the stream free.
pub(super) struct Stream {
    pub(super) connection: Arc<Http2>,
    pub(super) is_reused: bool,
}

impl Stream {
    pub(super) async fn send(&self, request: Request<UploadBody>) -> SendResult {
        self.connection.sender.clone().try_send_request(request).await
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        *lock(&self.connection.idle_since) = Instant::now();
        self.connection.streams.fetch_sub(1, Relaxed);
        self.connection.changed.notify_waiters();
    }
}

fn limit(connection: &Mutex<Option<Http2Connection>>) -> Option<usize> {
    let limit = lock(connection).as_ref()?.current_max_send_streams();
    // A server that allows no stream for now may allow one later. h2 waits for it.
    (limit != UNKNOWN_LIMIT).then_some(limit.max(1))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs a connection to its end.
async fn drive(connection: Arc<Mutex<Option<Http2Connection>>>, was_read: Arc<Notify>, changed: Arc<Notify>) {
    let mut was_read_again = pin!(was_read.notified());
    let mut is_limit_known = false;
    poll_fn(|cx| {
        let mut open = lock(&connection);
        if open.as_mut().is_none_or(|connection| Pin::new(connection).poll(cx).is_ready()) {
            // Only then does hyper refuse requests.
            *open = None;
            return Poll::Ready(());
        }
        drop(open);
        if !is_limit_known {
            if was_read_again.as_mut().poll(cx).is_ready() {
                was_read_again.set(was_read.notified());
                // Another task reads, and it may still be at work with what it read.
                cx.waker().wake_by_ref();
            }
            if limit(&connection).is_some() {
                is_limit_known = true;
                changed.notify_waiters();
            }
        }
        Poll::Pending
    })
    .await;
    changed.notify_waiters();
}
