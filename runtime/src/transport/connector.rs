//! Connecting to a server: directly or through a proxy, with or without TLS.

use super::{
    BoxFuture, NotSent,
    connect_error::{Host, connect_error, refusal},
    connection::Connection,
    dial::Dial,
    http_connection::{self, HttpConnection},
    tcp,
    tls::Tls,
};
use http::{Uri, uri::Scheme};
use hyper_util::client::{
    legacy::connect::{HttpConnector, proxy::Tunnel},
    proxy::matcher::{Intercept, Matcher},
};
use std::{
    io,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::sync::Notify;
use tower_service::Service;

/// Opens connections.
#[derive(Clone)]
pub(super) struct Connector {
    pub(super) tcp: HttpConnector,
    /// Used in place of `tcp`.
    pub(super) dial: Option<Dial>,
    /// Whether a server without TLS has HTTP/2.
    pub(super) http2_prior_knowledge: bool,
    pub(super) proxies: Option<Arc<Matcher>>,
    pub(super) tls: Arc<Tls>,
    /// The time limit to connect, with the proxy and TLS.
    pub(super) timeout: Option<Duration>,
}

impl Connector {
    /// Opens a connection to the host of a URI and starts HTTP on it. For `changed` see [`http_connection::open`].
    pub(super) async fn open(self, server: Uri, changed: Arc<Notify>) -> Result<HttpConnection, NotSent> {
        let timeout = self.timeout;
        let host = Host::of(&server);
        let opening = async {
            let io = self.connect(server.clone()).await?;
            http_connection::open(io, &server, changed).await.map_err(|error| connect_error(&host, timeout, &error))
        };
        let Some(limit) = timeout else { return opening.await };
        // TCP, the proxy, TLS and HTTP can each wait without end.
        tokio::time::timeout(limit, opening).await.unwrap_or_else(|elapsed| {
            let elapsed = io::Error::new(io::ErrorKind::TimedOut, elapsed);
            Err(connect_error(&host, timeout, &elapsed))
        })
    }

    async fn connect(self, server: Uri) -> Result<Connection, NotSent> {
        let proxy = self.proxies.as_ref().and_then(|proxies| proxies.intercept(&server));
        let host = Host::of(&server);
        if server.scheme() == Some(&Scheme::HTTPS) {
            let config = self.tls.configs().map_err(|error| refusal(&host, &error))?.server;
            let stream = match proxy {
                None => self.tcp(server.clone(), &host).await?,
                Some(proxy) => self.tunnel(&proxy, server.clone()).await?,
            };
            return stream.secure(config, &server, &host).await;
        }
        match proxy {
            None => {
                let mut connection = self.tcp(server, &host).await?;
                connection.is_http2 = self.http2_prior_knowledge;
                Ok(connection)
            }
            // hyper then sends the absolute form of the URI (RFC 9112, section 3.2.2).
            Some(proxy) => {
                let mut connection = self.proxy(proxy.uri().clone()).await?;
                connection.is_proxy = true;
                Ok(connection)
            }
        }
    }

    async fn tcp(&self, uri: Uri, host: &Host) -> Result<Connection, NotSent> {
        let io = if let Some(dial) = &self.dial {
            dial(uri).await.map(Connection::dialled)
        } else {
            let io = self.tcp.clone().call(uri).await.map_err(|error| connect_error(host, self.timeout, &error))?;
            tcp::limit_unsent(io.inner()).map(|()| Connection::tcp(io))
        };
        io.map_err(|error| connect_error(host, self.timeout, &error))
    }

    async fn proxy(&self, proxy: Uri) -> Result<Connection, NotSent> {
        let host = Host::of_proxy(&proxy);
        match proxy.scheme_str() {
            Some("http") => self.tcp(proxy, &host).await,
            Some("https") => {
                let config = self.tls.configs().map_err(|error| refusal(&host, &error))?.proxy;
                self.tcp(proxy.clone(), &host).await?.secure(config, &proxy, &host).await
            }
            _ => Err(refusal(&host, &"the proxy is neither http:// nor https://")),
        }
    }

    async fn tunnel(&self, proxy: &Intercept, server: Uri) -> Result<Connection, NotSent> {
        let host = Host::of_proxy(proxy.uri());
        let to_proxy = self.proxy(proxy.uri().clone()).await?;
        let mut tunnel = Tunnel::new(proxy.uri().clone(), Opened(Some(to_proxy)));
        if let Some(credentials) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(credentials.clone());
        }
        tunnel.call(server).await.map_err(|error| connect_error(&host, self.timeout, &error))
    }
}

/// A connector that returns a connection that is open already.
struct Opened(Option<Connection>);

impl Service<Uri> for Opened {
    type Response = Connection;
    type Error = io::Error;
    type Future = BoxFuture<Connection, io::Error>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let connection = self.0.take().ok_or_else(|| io::ErrorKind::NotConnected.into());
        Box::pin(async { connection })
    }
}
