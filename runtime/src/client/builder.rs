//! The settings of a client.

use super::{ApiKey, Client, Inner, base_url::BaseUrl, call::header, context::Options, service::Transport};
use crate::{
    Error,
    error::BoxError,
    heartbeat::Heartbeats,
    retry::{RetryBudget, RetryPolicy},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, header};
use http_body::Body;
use std::{fmt, sync::Arc, time::Duration};
use tower_service::Service;

/// The settings of a [`Client`]. Mistakes in them are told when it is built.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    api_key: Option<ApiKey>,
    headers: HeaderMap,
    options: Options,
    #[cfg(feature = "transport")]
    transport: crate::transport::Settings,
    refused: Option<String>,
}

const USER_AGENT: &str = concat!("stackone-rust/", env!("CARGO_PKG_VERSION"));

impl Default for ClientBuilder {
    fn default() -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::USER_AGENT, HeaderValue::from_static(USER_AGENT));
        Self {
            api_key: None,
            headers,
            options: Options::default(),
            #[cfg(feature = "transport")]
            transport: crate::transport::Settings::default(),
            refused: None,
        }
    }
}

impl ClientBuilder {
    /// The API key: sent with HTTP Basic (RFC 7617) as the user name, with an empty password. A request that has an
    /// `Authorization` of its own keeps it.
    pub fn api_key(mut self, key: impl Into<ApiKey>) -> Self {
        self.api_key = Some(key.into());
        self
    }

    /// Where the API is: `https://` or `http://`, a host, and what a path is to begin with. No query, fragment, user
    /// name or password. `https://api.stackone.com` if not set.
    pub fn base_url(mut self, url: impl AsRef<str>) -> Self {
        match BaseUrl::parse(url.as_ref()) {
            Ok(base_url) => self.options.base_url = base_url,
            Err(message) => self.refuse(format!("setting `base_url`: {message}")),
        }
        self
    }

    /// The longest a whole call may take, with its retries and the waits between them; 10 minutes if not set, `None`
    /// for no limit. A download's body is not counted.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options.timeout = timeout.into();
        self
    }

    /// The longest an attempt may take until the head of its answer is there, connecting included; 75 seconds if not
    /// set, as `StackOne` gives up after 60 and says so. `None` for no limit.
    pub fn header_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options.header_timeout = timeout.into();
        self
    }

    /// The longest silence inside an answer; a heartbeat ends it. 75 seconds if not set, `None` for no limit.
    pub fn idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.options.idle_timeout = timeout.into();
        self
    }

    /// What is tried again, and when. [`Retry`](crate::retry::Retry) as it is by default, if not set.
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.options.retry = Arc::new(policy);
        self
    }

    /// What all calls of this client may spend on retries.
    pub fn retry_budget(mut self, budget: RetryBudget) -> Self {
        self.options.budget = budget;
        self
    }

    /// When heartbeats are asked for; if the operation's own `prefer` says so, if not set.
    pub fn heartbeats(mut self, heartbeats: Heartbeats) -> Self {
        self.options.heartbeats = heartbeats;
        self
    }

    /// The most heartbeats an answer may begin with; a million if not set.
    pub fn max_heartbeats(mut self, beats: u64) -> Self {
        self.options.max_heartbeats = beats;
        self
    }

    /// The most bytes an answer may have, without its heartbeats; 32 MiB if not set. Downloads have no limit.
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.options.max_body = bytes;
        self
    }

    /// The most bytes that are read of an error and kept in it; 64 KiB if not set. A longer one is cut.
    pub fn max_error_body(mut self, bytes: u64) -> Self {
        self.options.max_error_body = bytes;
        self
    }

    /// Who is calling, in place of this crate's name and version. `StackOne` may refuse requests without one.
    pub fn user_agent(self, value: impl TryInto<HeaderValue>) -> Self {
        self.default_header(header::USER_AGENT, value)
    }

    /// A header for every request that does not have it by itself. `prefer` alone is merged with what an operation
    /// prefers, and goes to none that does not declare it. The rules are those of [`Call::header`](super::Call::header).
    pub fn default_header(mut self, name: impl TryInto<HeaderName>, value: impl TryInto<HeaderValue>) -> Self {
        match header(name, value) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(message) => self.refuse(message),
        }
        self
    }

    /// Builds the client over a transport of your own: any service of HTTP. It is cloned for each call.
    ///
    /// Its request body is anything that is made from [`Bytes`]. It must not follow redirects: credentials would go
    /// with them. How it can say that a request was not sent: see [`NotSent`](crate::transport::NotSent).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config), naming the setting that is wrong.
    pub fn build_with<S, B, R>(self, service: S) -> Result<Client, Error>
    where
        S: Service<Request<B>, Response = Response<R>> + Clone + Send + Sync + 'static,
        S::Future: Send,
        S::Error: Into<BoxError>,
        B: From<Bytes> + Send + 'static,
        R: Body + Send + 'static,
        R::Error: Into<BoxError>,
    {
        self.finish(Transport::new(service))
    }

    fn refuse(&mut self, message: String) {
        self.refused.get_or_insert(message);
    }

    fn finish(self, transport: Transport) -> Result<Client, Error> {
        let Self { api_key, mut headers, mut options, refused, .. } = self;
        if let Some(message) = refused {
            return Err(Error::config(message));
        }
        if let Some(key) = api_key {
            let value =
                key.authorization().map_err(|message| Error::config(format!("setting `api_key`: {message}")))?;
            headers.insert(header::AUTHORIZATION, value);
        }
        options.defaults = Arc::new(headers);
        Ok(Client(Arc::new(Inner { transport, options })))
    }
}

#[cfg(feature = "transport")]
#[cfg_attr(docsrs, doc(cfg(feature = "transport")))]
impl ClientBuilder {
    /// The longest making a connection may take, with the proxy and TLS; 10 seconds if not set, `None` for no limit.
    /// Of the default transport.
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.transport.connect_timeout = timeout.into();
        self
    }

    /// Goes by no proxy, whatever `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY` say. Of the default transport.
    pub fn no_proxy(mut self) -> Self {
        self.transport.proxy = false;
        self
    }

    /// Builds the client over the default transport: HTTP/1.1 and HTTP/2, TLS with the platform's roots, pooled
    /// connections, and the proxies of the environment.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config), naming the setting that is wrong, or if the base URL is
    /// `https` and the platform has no root certificates.
    pub fn build(self) -> Result<Client, Error> {
        let transport = crate::transport::DefaultTransport::new(&self.transport);
        if self.options.base_url.is_https() && self.refused.is_none() {
            transport.prepare_tls().map_err(|error| Error::config(format!("TLS cannot be used: {error}")))?;
        }
        self.finish(Transport::new(transport))
    }
}

/// Without the key and the headers.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}
