//! The default transport: the client of hyper-util, with pooled connections.

use super::{
    BoxFuture,
    connector::Connector,
    head_limits::{MAX_HEAD_BYTES, MAX_HEADERS, name_limit},
    proxies::from_variables,
    tls::{Tls, TlsSettings},
};
use crate::error::BoxError;
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, header, uri::Scheme};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use hyper_util::{
    client::{
        legacy::{Client, connect::HttpConnector},
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
    pub(crate) tls: TlsSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self { connect_timeout: Some(Duration::from_secs(10)), proxy: true, tls: TlsSettings::default() }
    }
}

/// HTTP/1.1 and HTTP/2 over pooled connections. It does not follow redirects. It sends a request again only if its pooled
/// connection was closed before a byte of the request was written.
#[derive(Clone)]
pub(crate) struct DefaultTransport {
    client: Client<Connector, FullBody>,
    proxies: Option<Arc<Matcher>>,
    tls: Arc<Tls>,
}

impl DefaultTransport {
    /// Reads the variables of the environment. The error names a variable that cannot be used.
    pub(crate) fn new(settings: Settings) -> Result<Self, String> {
        let variable = |name: &str| Some(std::env::var_os(name)?.to_string_lossy().into_owned());
        let proxies = if settings.proxy { from_variables(variable)? } else { None };
        Ok(Self::with_tls(Tls::new(settings.tls), proxies, settings.connect_timeout))
    }

    #[cfg(test)]
    fn with_proxies(proxies: Option<Matcher>, timeout: Option<Duration>) -> Self {
        Self::with_tls(Tls::default(), proxies, timeout)
    }

    fn with_tls(tls: Tls, proxies: Option<Matcher>, timeout: Option<Duration>) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        // A request is written at once. To wait for more data only delays it.
        tcp.set_nodelay(true);
        let proxies = proxies.map(Arc::new);
        let tls = Arc::new(tls);
        let connector = Connector { tcp, proxies: proxies.clone(), tls: Arc::clone(&tls), timeout };
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .http1_max_headers(MAX_HEADERS)
            .http1_max_buf_size(MAX_HEAD_BYTES as usize)
            .http2_max_header_list_size(MAX_HEAD_BYTES)
            .build(connector);
        Self { client, proxies, tls }
    }

    /// Reads the TLS configuration, so that an error is reported when the client is built.
    pub(crate) fn prepare_tls(&self) -> Result<(), rustls::Error> {
        self.tls.configs().map(|_| ())
    }

    /// Adds the credentials of the proxy to a plain HTTP request. A tunnel has them already.
    fn authorize_at_proxy(&self, request: &mut Request<FullBody>) {
        let Some(proxies) = &self.proxies else { return };
        if request.uri().scheme() != Some(&Scheme::HTTP) {
            return;
        }
        let Some(proxy) = proxies.intercept(request.uri()) else { return };
        if let Some(credentials) = proxy.basic_auth() {
            request.headers_mut().insert(header::PROXY_AUTHORIZATION, credentials.clone());
        }
    }
}

impl Service<Request<FullBody>> for DefaultTransport {
    type Response = Response<Incoming>;
    type Error = BoxError;
    type Future = BoxFuture<Response<Incoming>, BoxError>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<FullBody>) -> Self::Future {
        self.authorize_at_proxy(&mut request);
        declare_empty_body(&mut request);
        let response = self.client.request(request);
        Box::pin(async { response.await.map_err(|error| name_limit(error.into())) })
    }
}

/// Declares an empty body where a server may expect one (RFC 9110, section 8.6), because some servers answer 411 otherwise.
/// hyper does it over HTTP/2, and not over HTTP/1.1.
fn declare_empty_body(request: &mut Request<FullBody>) {
    if request.body().is_end_stream() && matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH) {
        request.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

/// A complete request body. It is `http_body_util::Full` without that crate, which nothing else in the tree needs.
pub(crate) struct FullBody(Option<Bytes>);

impl From<Bytes> for FullBody {
    fn from(bytes: Bytes) -> Self {
        Self(Some(bytes).filter(|bytes| !bytes.is_empty()))
    }
}

impl Body for FullBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
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
