//! The default transport: pooled connections with HTTP/1.1 and HTTP/2.

use super::{
    BoxFuture, NotSent, SendState,
    connector::Connector,
    dial::Dial,
    head_limits::name_limit,
    pool::{Pool, PooledBody},
    proxies::from_variables,
    request_body::RequestBody,
    tcp,
    tls::{Tls, TlsSettings},
    upload_body::UploadBody,
};
use crate::error::BoxError;
use http::{HeaderValue, Method, Request, Response, header, uri::Scheme};
use http_body::Body;
use hyper_util::client::{legacy::connect::dns::GaiResolver, proxy::matcher::Matcher};
use std::{
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tower_service::Service;

/// The settings of the default transport.
pub(crate) struct Settings {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) tcp_keepalive: Option<Duration>,
    pub(crate) proxy: bool,
    pub(crate) dial: Option<Dial>,
    pub(crate) http2_prior_knowledge: bool,
    pub(crate) tls: TlsSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Some(Duration::from_secs(10)),
            tcp_keepalive: Some(Duration::from_secs(15)),
            proxy: true,
            dial: None,
            http2_prior_knowledge: false,
            tls: TlsSettings::default(),
        }
    }
}

/// HTTP/1.1 and HTTP/2 over pooled connections. It does not follow redirects. It sends a request again only if its pooled
/// connection was closed before a byte of the request was written.
#[derive(Clone)]
pub(crate) struct DefaultTransport {
    pool: Pool,
    proxies: Option<Arc<Matcher>>,
    tls: Arc<Tls>,
}

impl DefaultTransport {
    /// Reads the variables of the environment. The error names a variable that cannot be used.
    pub(crate) fn new(settings: Settings) -> Result<Self, String> {
        let variable = |name: &str| Some(std::env::var_os(name)?.to_string_lossy().into_owned());
        let proxies = if settings.proxy { from_variables(variable)?.map(Arc::new) } else { None };
        let tcp = tcp::connector(GaiResolver::new(), settings.connect_timeout, settings.tcp_keepalive);
        Ok(Self::over(Connector {
            tcp,
            dial: settings.dial,
            http2_prior_knowledge: settings.http2_prior_knowledge,
            proxies,
            tls: Arc::new(Tls::new(settings.tls)),
            timeout: settings.connect_timeout,
        }))
    }

    fn over(connector: Connector) -> Self {
        Self { proxies: connector.proxies.clone(), tls: Arc::clone(&connector.tls), pool: Pool::new(connector) }
    }

    /// Reads the TLS configuration, so that an error is reported when the client is built.
    pub(crate) fn prepare_tls(&self) -> Result<(), String> {
        self.tls.configs().map(|_| ())
    }

    /// Adds the credentials of the proxy to a plain HTTP request. A tunnel has them already.
    fn authorize_at_proxy(&self, request: &mut Request<RequestBody>) {
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

impl Service<Request<RequestBody>> for DefaultTransport {
    type Response = Response<PooledBody>;
    type Error = BoxError;
    type Future = BoxFuture<Response<PooledBody>, BoxError>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<RequestBody>) -> Self::Future {
        self.authorize_at_proxy(&mut request);
        declare_empty_body(&mut request);
        let state: SendState = request.extensions_mut().remove().unwrap_or_default();
        state.hold();
        let request = request.map(|body| UploadBody::new(body.into_bytes(), state.clone()));
        Box::pin(send(self.pool.clone(), request, state))
    }
}

/// Sends a request over a connection of the pool.
async fn send(
    pool: Pool,
    mut request: Request<UploadBody>,
    state: SendState,
) -> Result<Response<PooledBody>, BoxError> {
    let uri = request.uri().clone();
    let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
        return Err(NotSent::permanent("the URI of the request has no scheme or no host").into());
    };
    let key = (scheme.clone(), authority.clone());
    loop {
        let lease = pool.acquire(&key).await?;
        let is_reused = lease.is_reused();
        if !state.give() {
            return Err(NotSent::new("the attempt ended before a connection was open").into());
        }
        if request.body().is_end_stream() {
            state.advance(true);
        }
        let mut error = match lease.send(request).await {
            Ok(response) => return Ok(response),
            Err(error) => error,
        };
        let unsent = error.take_message();
        let error = error.into_error();
        request = match unsent {
            None => return Err(name_limit(error.into())),
            Some(_) if !is_reused => return Err(NotSent::new(error).into()),
            // The server had closed the connection.
            Some(request) => request,
        };
        state.hold();
        *request.uri_mut() = uri.clone();
    }
}

/// Declares an empty body where a server may expect one (RFC 9110, section 8.6), because some servers answer 411 otherwise.
/// hyper does it over HTTP/2, and not over HTTP/1.1.
fn declare_empty_body(request: &mut Request<RequestBody>) {
    if request.body().is_end_stream() && matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH) {
        request.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
}

#[cfg(test)]
mod tests;
