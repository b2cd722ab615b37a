//! The default transport: hyper-util's pooled client.

use super::{
    connect::{Connector, Means},
    tls::Tls,
};
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, header, uri::Scheme};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use hyper_util::{
    client::{
        legacy::{Client, Error, ResponseFuture, connect::HttpConnector},
        proxy::matcher::Matcher,
    },
    rt::{TokioExecutor, TokioTimer},
};
use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tower_service::Service;

/// The settings of the default transport.
pub(crate) struct Settings {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) proxy: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { connect_timeout: Some(Duration::from_secs(10)), proxy: true }
    }
}

/// HTTP/1.1 and HTTP/2 over pooled connections. It follows no redirects, and it sends a request again only if the
/// pooled connection it had chosen was closed before a byte of it was written.
///
/// Behind one pointer, as it is cloned for every request.
#[derive(Clone)]
pub(crate) struct DefaultTransport(Arc<Parts>);

struct Parts {
    client: Client<Connector, Whole>,
    proxies: Option<Arc<Matcher>>,
    tls: Arc<Tls>,
}

impl DefaultTransport {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self::through(settings.proxy.then(Matcher::from_env), settings.connect_timeout)
    }

    fn through(proxies: Option<Matcher>, timeout: Option<Duration>) -> Self {
        Self::over(Tls::default(), proxies, timeout)
    }

    fn over(tls: Tls, proxies: Option<Matcher>, timeout: Option<Duration>) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        // A request goes out in one piece; waiting for more to send only delays it.
        tcp.set_nodelay(true);
        let proxies = proxies.map(Arc::new);
        let tls = Arc::new(tls);
        let connector = Connector::new(Means { tcp, proxies: proxies.clone(), tls: Arc::clone(&tls), timeout });
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .build(connector);
        Self(Arc::new(Parts { client, proxies, tls }))
    }

    /// Reads what TLS needs, so that its absence is told early.
    pub(crate) fn prepare_tls(&self) -> Result<(), rustls::Error> {
        self.0.tls.configs().map(|_| ())
    }

    /// Inside a tunnel a proxy's credentials are not needed; without one they go with each request.
    fn authorize_at_proxy(&self, request: &mut Request<Whole>) {
        let Some(proxies) = &self.0.proxies else { return };
        if request.uri().scheme() != Some(&Scheme::HTTP) {
            return;
        }
        let Some(proxy) = proxies.intercept(request.uri()) else { return };
        if let Some(credentials) = proxy.basic_auth() {
            request.headers_mut().insert(header::PROXY_AUTHORIZATION, credentials.clone());
        }
    }
}

impl Service<Request<Whole>> for DefaultTransport {
    type Response = Response<Incoming>;
    type Error = Error;
    type Future = ResponseFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<Whole>) -> ResponseFuture {
        self.authorize_at_proxy(&mut request);
        tell_empty(&mut request);
        self.0.client.request(request)
    }
}

/// Says that there is no body where a server may expect one (RFC 9110, section 8.6), as some answer 411 otherwise. hyper
/// says so over HTTP/2, and not over HTTP/1.1.
fn tell_empty(request: &mut Request<Whole>) {
    if request.body().is_end_stream() && matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH) {
        request.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

/// A request body that is all there. Behind a pointer, as hyper moves a request a dozen times and most have no body: with
/// the bytes in it a call took 350 instructions more.
pub(crate) struct Whole(Option<Box<Bytes>>);

impl From<Bytes> for Whole {
    fn from(bytes: Bytes) -> Self {
        Self((!bytes.is_empty()).then(|| Box::new(bytes)))
    }
}

impl Body for Whole {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(*bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

#[cfg(test)]
mod tests;
