//! Building a client.

use super::{Client, header_rules::check_header, shared_settings::shared_settings};
use crate::{
    Error,
    base_url::BaseUrl,
    credentials::{ApiKey, Credentials, CredentialsSetting, CredentialsSource},
    error_format::ErrorFormat,
    heartbeat::Heartbeats,
    hook::Hook,
    retry::{RetryBudget, RetryPolicy},
    settings::Settings,
    transport::{IntoTransport, NewTransport, SharedTransport, Transport, TransportService},
};
#[cfg(feature = "transport")]
use http::Uri;
use http::{HeaderMap, HeaderName, HeaderValue, header};
#[cfg(feature = "transport")]
use std::io;
use std::{fmt, sync::Arc, time::Duration};
#[cfg(feature = "transport")]
use tokio::io::{AsyncRead, AsyncWrite};
use tower_layer::Layer;

/// The settings of a new [`Client`]. `build` reports the first invalid setting.
///
/// [`Client::builder`] starts a client with a transport of its own. [`Client::to_builder`] starts one that shares the transport of
/// another client; `T` is then [`SharedTransport`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<T = NewTransport> {
    settings: Settings,
    /// The outermost layer is the first.
    layers: Vec<ApplyLayer>,
    transport: T,
    /// The message about the first invalid setting.
    rejected: Option<String>,
}

/// Puts a layer around a transport.
type ApplyLayer = Box<dyn Fn(&Transport) -> Transport + Send + Sync>;

const USER_AGENT: &str = concat!("stackone-rust/", env!("CARGO_PKG_VERSION"));

impl Default for ClientBuilder {
    fn default() -> Self {
        let mut default_headers = HeaderMap::new();
        default_headers.insert(header::USER_AGENT, HeaderValue::from_static(USER_AGENT));
        let settings = Settings { default_headers: Arc::new(default_headers), ..Settings::default() };
        Self { settings, layers: Vec::new(), transport: NewTransport::default(), rejected: None }
    }
}

impl<T> ClientBuilder<T> {
    shared_settings!();

    /// StackOne's API key. The client sends it with HTTP Basic (RFC 7617) as the user name, with an empty password.
    ///
    /// Default: no key. The client then sends no `Authorization` header; StackOne answers 401, and other APIs may need
    /// none. A request with its own `Authorization` header keeps it. The last setting of credentials counts.
    pub fn api_key(self, key: impl Into<ApiKey>) -> Self {
        self.fixed_credentials("api_key", Credentials::from(key.into()))
    }

    /// A user name and a password, sent with HTTP Basic (RFC 7617). Default: no credentials. A colon in the user name is an error of
    /// the kind [`Config`](crate::ErrorKind::Config) when the client is built.
    pub fn basic_auth(self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.fixed_credentials("basic_auth", Credentials::basic(user, password))
    }

    /// A bearer token (RFC 6750) that does not change. For tokens that expire, pass a
    /// [`TokenSource`](crate::credentials::TokenSource) to [`credentials`](Self::credentials). Default: no credentials. A token that a
    /// header cannot have is an error of the kind [`Config`](crate::ErrorKind::Config) when the client is built.
    ///
    /// ```
    /// let client = stackone::Client::builder().base_url("https://api.github.com").bearer_token("token");
    /// ```
    pub fn bearer_token(self, token: impl Into<String>) -> Self {
        self.fixed_credentials("bearer_token", Credentials::bearer(token))
    }

    /// An API key in a header, as in `x-api-key: key`. Default: no credentials. A name or a key that a header cannot have is an error
    /// of the kind [`Config`](crate::ErrorKind::Config) when the client is built.
    pub fn api_key_header(self, name: impl TryInto<HeaderName>, key: impl Into<ApiKey>) -> Self {
        self.fixed_credentials("api_key_header", Credentials::header(name, key))
    }

    /// An API key in the query, as in `?key=..`. Prefer a header if the API has one: URLs end up in logs.
    /// Default: no credentials.
    pub fn api_key_query(self, name: impl AsRef<str>, key: impl Into<ApiKey>) -> Self {
        self.fixed_credentials("api_key_query", Credentials::query(name, key))
    }

    /// An API key in a cookie (RFC 6265), beside the other cookies of the request. Default: no credentials. A name or a key that a
    /// cookie cannot have is an error of the kind [`Config`](crate::ErrorKind::Config) when the client is built.
    pub fn api_key_cookie(self, name: impl AsRef<str>, key: impl Into<ApiKey>) -> Self {
        self.fixed_credentials("api_key_cookie", Credentials::cookie(name, key))
    }

    /// The tokens that all calls of this client can spend on retries. Default: [`RetryBudget::default()`].
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.settings.retry_budget = budget;
        self
    }

    /// The largest number of heartbeats before a document. More are an error of the kind
    /// [`BodyTooLarge`](crate::ErrorKind::BodyTooLarge). Default: 1,000,000.
    pub fn max_heartbeats(mut self, heartbeats: u64) -> Self {
        self.settings.max_heartbeats = heartbeats;
        self
    }

    /// The number of bytes of an error response that are read and kept. The rest is cut off. Default: 64 KiB.
    pub fn max_error_body(mut self, bytes: u64) -> Self {
        self.settings.max_error_body = bytes;
        self
    }

    /// The `User-Agent` header. Default: the name and version of this crate. StackOne may answer 403 to requests without
    /// one.
    pub fn user_agent(self, value: impl TryInto<HeaderValue>) -> Self {
        self.default_header(header::USER_AGENT, value)
    }

    /// A header for each request that does not have it. `prefer` is merged with the operation's own preferences, and added
    /// only to operations that declare it. The rules for the value are those of [`Call::header`](super::Call::header). Default: none.
    pub fn default_header(mut self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        match check_header(name, value) {
            Ok((name, value)) => {
                Arc::make_mut(&mut self.settings.default_headers).insert(name, value);
            }
            Err(message) => self.reject(message),
        }
        self
    }

    /// A header for each request, in place of one with the same name. `prefer` is merged. The rules for the value are those of
    /// [`Call::header`](super::Call::header), which replaces this header in turn. Default: none.
    ///
    /// ```
    /// # fn example(client: &stackone::Client) -> Result<(), stackone::Error> {
    /// let other = client.to_builder().header("x-account-id", "acc_2").build()?;
    /// # Ok(()) }
    /// ```
    pub fn header(mut self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        match check_header(name, value) {
            Ok(header) => self.settings.set_header(header),
            Err(message) => self.reject(message),
        }
        self
    }

    /// A [`tower::Layer`](Layer) around each attempt, over the default transport or your own. The first layer is the outermost, as
    /// in tower's `ServiceBuilder`. Default: no layers.
    ///
    /// The docs of [`transport`](crate::transport#layers) say what a layer receives, and what it must not do. The layer is
    /// applied once, when the client is built. The service that it makes is cloned for each attempt.
    ///
    /// ```
    /// # #[cfg(feature = "transport")]
    /// # fn example() -> Result<(), stackone::Error> {
    /// use tower::limit::ConcurrencyLimitLayer;
    ///
    /// let client = stackone::Client::builder().layer(ConcurrencyLimitLayer::new(20)).build()?;
    /// # Ok(()) }
    /// ```
    pub fn layer<L, B, R>(mut self, layer: L) -> Self
    where
        L: Layer<TransportService> + Send + Sync + 'static,
        L::Service: IntoTransport<B, R>,
        B: 'static,
        R: 'static,
    {
        self.layers.push(Box::new(move |transport| transport.layer(&layer)));
        self
    }

    /// Reports each call and each attempt to a [`Hook`], for metrics and logs. Several hooks are called in the order in which
    /// they are added. Default: no hooks.
    pub fn hook(mut self, hook: impl Hook + 'static) -> Self {
        self.settings.hooks.push(Arc::new(hook));
        self
    }

    pub(super) fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    pub(super) fn reject(&mut self, message: String) {
        self.rejected.get_or_insert(message);
    }

    fn fixed_credentials(mut self, setting: &str, credentials: Credentials) -> Self {
        if let Some(message) = credentials.invalid() {
            self.reject(format!("setting `{setting}`: {message}"));
        }
        self.credentials(credentials)
    }

    fn finish(mut self, transport: &Transport) -> Result<Client, Error> {
        if let Some(message) = self.rejected {
            return Err(Error::config(message));
        }
        let default_headers = &mut self.settings.default_headers;
        match &self.settings.credentials {
            CredentialsSetting::Fixed(credentials) => {
                if let Some(message) = credentials.invalid() {
                    return Err(Error::config(format!("setting `credentials`: {message}")));
                }
                if let Some(name) = credentials.header_name().filter(|name| default_headers.contains_key(*name)) {
                    Arc::make_mut(default_headers).remove(name);
                }
            }
            CredentialsSetting::Source(_) if default_headers.contains_key(header::AUTHORIZATION) => {
                let message = "setting `credentials`: `default_header` sets `authorization` too; remove one of the two";
                return Err(Error::config(message));
            }
            CredentialsSetting::Source(_) => {}
        }
        let transport = self.layers.iter().rev().fold(transport.clone(), |inner, layer| layer(&inner));
        Ok(Client { transport, settings: Arc::new(self.settings) })
    }
}

impl ClientBuilder<SharedTransport> {
    pub(super) fn derive(client: &Client) -> Self {
        let transport = SharedTransport(client.transport.clone());
        Self { settings: Settings::clone(&client.settings), layers: Vec::new(), transport, rejected: None }
    }

    /// Builds the client over the transport of the other client. A [`layer`](Self::layer) goes around the layers of the other
    /// client.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) with the name of the invalid setting.
    pub fn build(self) -> Result<Client, Error> {
        let SharedTransport(transport) = self.transport.clone();
        self.finish(&transport)
    }
}

impl ClientBuilder {
    /// Builds the client over your own transport: any cloneable service of HTTP.
    ///
    /// The service is cloned for each attempt. It must not follow redirects, because the credentials would go with them.
    /// To report that a request was not sent, return [`NotSent`](crate::transport::NotSent).
    ///
    /// For a service that takes any body, such as axum's `Router`, the compiler cannot infer `RequestBody`: use
    /// [`build_with_router`](Self::build_with_router).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) with the name of the invalid setting.
    // The compiler quotes these lines if it cannot infer the bodies. Hence they say what to write.
    pub fn build_with<RequestBody, ResponseBody>(
        self,
        service: impl IntoTransport<RequestBody, ResponseBody>, // for any body, as axum's `Router`: `build_with_router`
    ) -> Result<Client, Error> {
        self.finish(&Transport::new(service))
    }

    /// Builds the client over a service that takes a body of any type, such as axum's `Router`, with or without layers of tower around
    /// it. It is [`build_with`](Self::build_with) with the [`RequestBody`](crate::transport::RequestBody) of this crate. No socket is
    /// opened.
    ///
    /// ```
    /// use stackone::Client;
    ///
    /// # fn example() -> Result<(), stackone::Error> {
    /// # let router: axum::Router = axum::Router::new();
    /// let client = Client::builder().build_with_router(router)?;
    /// # Ok(()) }
    /// # example().unwrap();
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) with the name of the invalid setting.
    pub fn build_with_router<R>(
        self,
        router: impl IntoTransport<crate::transport::RequestBody, R>,
    ) -> Result<Client, Error> {
        self.build_with(router)
    }
}

#[cfg(feature = "transport")]
#[cfg_attr(docsrs, doc(cfg(feature = "transport")))]
impl ClientBuilder {
    /// The time limit to connect, with the proxy and TLS. `None` means no limit. Default: 10 seconds. Only for the default
    /// transport.
    ///
    /// IPv6 and IPv4 are tried at the same time, IPv4 after a delay (RFC 8305). The addresses of a host in one family are tried
    /// in turn, each for an equal share of the limit.
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.transport.settings.connect_timeout = timeout.into();
        self
    }

    /// How long a connection may be silent before TCP asks whether the other side is there (TCP keep-alive), and how long until
    /// it asks again. On Linux and Android, a connection whose other side does not acknowledge data is closed after twice this
    /// time. `None` turns both off. Default: 15 seconds. Only for the default transport.
    pub fn tcp_keepalive(mut self, time: impl Into<Option<Duration>>) -> Self {
        self.transport.settings.tcp_keepalive = time.into();
        self
    }

    /// Uses no proxy. Only for the default transport.
    ///
    /// Default: the proxies of the environment, as curl reads them when the client is built. `HTTP_PROXY` is for base URLs with
    /// `http`, `HTTPS_PROXY` for those with `https`, and `ALL_PROXY` for those without one of the two. A host in `NO_PROXY`
    /// (names with their subdomains, addresses, networks such as `10.0.0.0/8`) has no proxy, and `*` means no proxy at all. A
    /// name in lower case comes first. The URL of a proxy has `http://` (default) or `https://`; the default ports are 80 and
    /// 443. SOCKS is not supported. A value that cannot be used is an error of the kind
    /// [`Config`](crate::ErrorKind::Config).
    pub fn no_proxy(mut self) -> Self {
        self.transport.settings.proxy = false;
        self
    }

    /// Opens the streams to servers, in place of TCP: a Unix socket, a SOCKS proxy, or a network of a test. `connect` gets the
    /// scheme, the host and the port of the server, as in `https://api.stackone.com/`. TLS goes over the stream if the
    /// scheme is `https`. [`connect_timeout`](Self::connect_timeout) limits the time, and an error counts as
    /// [`NotSent`](crate::transport::NotSent). No other proxy is used. Default: TCP. Only for the default transport.
    ///
    /// ```
    /// use stackone::Client;
    /// use tokio::net::UnixStream;
    ///
    /// # #[cfg(unix)]
    /// let client = Client::builder()
    ///     .base_url("http://localhost")
    ///     .connector(|_server| UnixStream::connect("/run/api.sock"))
    ///     .build()?;
    /// # Ok::<(), stackone::Error>(())
    /// ```
    pub fn connector<F, S>(mut self, connect: impl Fn(Uri) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = io::Result<S>> + Send + 'static,
        S: AsyncRead + AsyncWrite + Send + 'static,
    {
        self.transport.settings.dial = Some(crate::transport::dial(connect));
        self.transport.settings.proxy = false;
        self
    }

    /// Uses HTTP/2 without TLS (RFC 9113, section 3.3), for servers that are known to have it. Default: HTTP/1.1. With TLS, the
    /// server chooses. Only for the default transport.
    pub fn http2_prior_knowledge(mut self) -> Self {
        self.transport.settings.http2_prior_knowledge = true;
        self
    }

    /// Trusts more root certificates than those of the platform, for servers and proxies. Default: none more. `pem` has one or more certificates
    /// in PEM. A second call adds to the first. Malformed text is an error of the kind
    /// [`Config`](crate::ErrorKind::Config) when the client is built. Only for the default transport, and not on Android.
    pub fn root_certificates(mut self, pem: impl AsRef<[u8]>) -> Self {
        if let Err(message) = self.transport.settings.tls.add_roots(pem.as_ref()) {
            self.reject(format!("setting `root_certificates`: {message}"));
        }
        self
    }

    /// The certificate of the client, for servers that ask for one: its chain and its private key, both in PEM. Malformed
    /// text is an error of the kind [`Config`](crate::ErrorKind::Config) when the client is built. Default: none. Only for the
    /// default transport.
    pub fn client_certificate(mut self, chain: impl AsRef<[u8]>, key: impl AsRef<[u8]>) -> Self {
        if let Err(message) = self.transport.settings.tls.set_client(chain.as_ref(), key.as_ref()) {
            self.reject(format!("setting `client_certificate`: {message}"));
        }
        self
    }

    /// Builds the client over the default transport: HTTP/1.1 and HTTP/2 over pooled connections, TLS with the root
    /// certificates of the platform, and the proxies of the environment.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) with the name of the invalid setting, if a variable of the environment
    /// names a proxy that cannot be used, or if the base URL is `https` and the platform has no root certificates.
    pub fn build(mut self) -> Result<Client, Error> {
        if let Some(message) = self.rejected {
            return Err(Error::config(message));
        }
        let transport = crate::transport::DefaultTransport::new(std::mem::take(&mut self.transport.settings));
        let transport = transport.map_err(|message| Error::config(format!("{message} (or set `no_proxy`)")))?;
        if self.settings.base_url.is_https() {
            transport.prepare_tls().map_err(Error::config)?;
        }
        self.finish(&Transport::new(transport))
    }
}

/// Without the credentials and the headers.
impl<T> fmt::Debug for ClientBuilder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}
