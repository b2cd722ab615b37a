//! Connecting to a server: directly or through a proxy, with or without TLS.

use super::{
    BoxFuture, NotSent,
    connect_error::{connect_error, refusal},
    dial::{Dial, Stream},
    http_connection::{self, HttpConnection},
    tcp,
    tls::Tls,
};
use http::{Uri, uri::Scheme};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::{
    client::{
        legacy::connect::{Connected, Connection as ClientConnection, HttpConnector, proxy::Tunnel},
        proxy::matcher::{Intercept, Matcher},
    },
    rt::TokioIo,
};
use rustls::{
    ClientConfig,
    pki_types::{InvalidDnsNameError, ServerName},
};
use std::{
    fmt, io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::sync::Notify;
use tokio_rustls::{TlsConnector, client::TlsStream};
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
            None => Ok(Connection { is_http2: self.http2_prior_knowledge, ..self.tcp(server, &host).await? }),
            // hyper then sends the absolute form of the URI (RFC 9112, section 3.2.2).
            Some(proxy) => Ok(Connection { is_proxy: true, ..self.proxy(proxy.uri().clone()).await? }),
        }
    }

    async fn tcp(&self, uri: Uri, host: &Host) -> Result<Connection, NotSent> {
        let io = if let Some(dial) = &self.dial {
            dial(uri).await.map(|stream| Io::Dialled(TokioIo::new(stream)))
        } else {
            let io = self.tcp.clone().call(uri).await.map_err(|error| connect_error(host, self.timeout, &error))?;
            tcp::limit_unsent(io.inner()).map(|()| Io::Tcp(io))
        };
        let io = io.map_err(|error| connect_error(host, self.timeout, &error))?;
        Ok(Connection { io, is_http2: false, is_proxy: false, was_read: Arc::default() })
    }

    async fn proxy(&self, proxy: Uri) -> Result<Connection, NotSent> {
        let host = Host { is_proxy: true, ..Host::of(&proxy) };
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
        let host = Host { is_proxy: true, ..Host::of(proxy.uri()) };
        let to_proxy = self.proxy(proxy.uri().clone()).await?;
        let mut tunnel = Tunnel::new(proxy.uri().clone(), Opened(Some(to_proxy)));
        if let Some(credentials) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(credentials.clone());
        }
        tunnel.call(server).await.map_err(|error| connect_error(&host, self.timeout, &error))
    }
}

/// A host with its port, for messages.
pub(super) struct Host {
    name: String,
    port: u16,
    is_proxy: bool,
}

impl Host {
    fn of(uri: &Uri) -> Self {
        let default_port = if uri.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
        let name = uri.host().unwrap_or_default().to_owned();
        Self { name, port: uri.port_u16().unwrap_or(default_port), is_proxy: false }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let proxy = if self.is_proxy { "the proxy " } else { "" };
        write!(f, "{proxy}{}:{}", self.name, self.port)
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

/// The name that the certificate must have: the host, without the brackets of an IPv6 address.
fn certificate_name(uri: &Uri) -> Result<ServerName<'static>, InvalidDnsNameError> {
    let host = uri.host().unwrap_or_default();
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    ServerName::try_from(address.unwrap_or(host).to_owned())
}

/// An open connection.
pub(super) struct Connection {
    io: Io,
    /// Whether TLS negotiated HTTP/2, or the program knows that the server has it.
    pub(super) is_http2: bool,
    /// Whether the requests go to a proxy, and not to the server.
    pub(super) is_proxy: bool,
    /// Notified after each read.
    pub(super) was_read: Arc<Notify>,
}

/// TCP, a stream of the program, or TLS over another connection.
enum Io {
    Dialled(TokioIo<Stream>),
    Tcp(<HttpConnector as Service<Uri>>::Response),
    Tls(Box<TokioIo<TlsStream<TokioIo<Connection>>>>),
}

impl Connection {
    async fn secure(self, config: Arc<ClientConfig>, uri: &Uri, host: &Host) -> Result<Self, NotSent> {
        let name = certificate_name(uri).map_err(|error| refusal(host, &error))?;
        let tls = TlsConnector::from(config).connect(name, TokioIo::new(self)).await;
        let tls = tls.map_err(|error| connect_error(host, None, &error))?;
        let is_http2 = tls.get_ref().1.alpn_protocol() == Some(b"h2");
        Ok(Self { io: Io::Tls(Box::new(TokioIo::new(tls))), is_http2, is_proxy: false, was_read: Arc::default() })
    }
}

impl ClientConnection for Connection {
    fn connected(&self) -> Connected {
        let connected = Connected::new().proxy(self.is_proxy);
        if self.is_http2 { connected.negotiated_h2() } else { connected }
    }
}

impl Read for Connection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        let read = ready!(match &mut self.io {
            Io::Tcp(io) => Pin::new(io).poll_read(cx, buf),
            Io::Dialled(io) => Pin::new(io).poll_read(cx, buf),
            Io::Tls(io) => Pin::new(io).poll_read(cx, buf),
        });
        self.was_read.notify_one();
        Poll::Ready(read)
    }
}

impl Write for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match &mut self.io {
            Io::Tcp(io) => Pin::new(io).poll_write(cx, buf),
            Io::Dialled(io) => Pin::new(io).poll_write(cx, buf),
            Io::Tls(io) => Pin::new(io).poll_write(cx, buf),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.io {
            Io::Tcp(io) => Pin::new(io).poll_flush(cx),
            Io::Dialled(io) => Pin::new(io).poll_flush(cx),
            Io::Tls(io) => Pin::new(io).poll_flush(cx),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.io {
            Io::Tcp(io) => Pin::new(io).poll_shutdown(cx),
            Io::Dialled(io) => Pin::new(io).poll_shutdown(cx),
            Io::Tls(io) => Pin::new(io).poll_shutdown(cx),
        }
    }

    fn is_write_vectored(&self) -> bool {
        match &self.io {
            Io::Tcp(io) => io.is_write_vectored(),
            Io::Dialled(io) => io.is_write_vectored(),
            Io::Tls(io) => io.is_write_vectored(),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match &mut self.io {
            Io::Tcp(io) => Pin::new(io).poll_write_vectored(cx, bufs),
            Io::Dialled(io) => Pin::new(io).poll_write_vectored(cx, bufs),
            Io::Tls(io) => Pin::new(io).poll_write_vectored(cx, bufs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_has_the_host_without_brackets() {
        for (uri, name) in
            [("https://a.example:8443/b", "a.example"), ("https://[::1]:1", "::1"), ("https://127.0.0.1", "127.0.0.1")]
        {
            assert_eq!(certificate_name(&uri.parse().unwrap()).unwrap().to_str(), name);
        }
        assert!(certificate_name(&"https://a..example".parse().unwrap()).is_err());
    }
}
