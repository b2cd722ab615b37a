//! Connecting to a server: directly or through a proxy, with or without TLS.

use super::BoxFuture;
use super::tls::Tls;
use crate::error::BoxError;
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
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio_rustls::{TlsConnector, client::TlsStream};
use tower_service::Service;

/// Opens connections.
#[derive(Clone)]
pub(super) struct Connector {
    pub(super) tcp: HttpConnector,
    pub(super) proxies: Option<Arc<Matcher>>,
    pub(super) tls: Arc<Tls>,
    /// The time limit to connect, with the proxy and TLS.
    pub(super) timeout: Option<Duration>,
}

impl Service<Uri> for Connector {
    type Response = Connection;
    type Error = BoxError;
    type Future = BoxFuture<Self::Response, BoxError>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let connector = self.clone();
        Box::pin(async move {
            let Some(limit) = connector.timeout else { return connector.connect(server).await };
            // TCP, the proxy and TLS can each wait without end.
            tokio::time::timeout(limit, connector.connect(server)).await.unwrap_or_else(|_| {
                let message = format!("not connected within {limit:?} (setting `connect_timeout`)");
                Err(io::Error::new(io::ErrorKind::TimedOut, message).into())
            })
        })
    }
}

impl Connector {
    async fn connect(self, server: Uri) -> Result<Connection, BoxError> {
        let proxy = self.proxies.as_ref().and_then(|proxies| proxies.intercept(&server));
        if server.scheme() == Some(&Scheme::HTTPS) {
            let config = self.tls.configs()?.server;
            let name = certificate_name(&server)?;
            let stream = match proxy {
                None => self.tcp(server).await?,
                Some(proxy) => self.tunnel(&proxy, server).await?,
            };
            return Ok(stream.secure(config, name).await?);
        }
        match proxy {
            None => self.tcp(server).await,
            // hyper then sends the absolute form of the URI (RFC 9112, section 3.2.2).
            Some(proxy) => Ok(Connection { is_proxy: true, ..self.proxy(proxy.uri().clone()).await? }),
        }
    }

    async fn tcp(self, uri: Uri) -> Result<Connection, BoxError> {
        let mut tcp = self.tcp.clone();
        Ok(Connection { io: Io::Tcp(tcp.call(uri).await?), is_http2: false, is_proxy: false })
    }

    async fn proxy(self, proxy: Uri) -> Result<Connection, BoxError> {
        match proxy.scheme_str() {
            Some("http") => self.tcp(proxy).await,
            Some("https") => {
                let config = self.tls.configs()?.proxy;
                let name = certificate_name(&proxy)?;
                Ok(self.tcp(proxy).await?.secure(config, name).await?)
            }
            _ => Err("the proxy in the environment is neither http:// nor https://".into()),
        }
    }

    async fn tunnel(self, proxy: &Intercept, server: Uri) -> Result<Connection, BoxError> {
        let mut tunnel = Tunnel::new(proxy.uri().clone(), ToProxy(self));
        if let Some(credentials) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(credentials.clone());
        }
        Ok(tunnel.call(server).await?)
    }
}

/// Connects to the proxy of a tunnel.
struct ToProxy(Connector);

impl Service<Uri> for ToProxy {
    type Response = Connection;
    type Error = BoxError;
    type Future = BoxFuture<Connection, BoxError>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, proxy: Uri) -> Self::Future {
        Box::pin(self.0.clone().proxy(proxy))
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
    /// Whether TLS negotiated HTTP/2.
    is_http2: bool,
    /// Whether the requests go to a proxy, and not to the server.
    is_proxy: bool,
}

/// TCP, or TLS over another connection.
enum Io {
    Tcp(<HttpConnector as Service<Uri>>::Response),
    Tls(Box<TokioIo<TlsStream<TokioIo<Connection>>>>),
}

impl Connection {
    async fn secure(self, config: Arc<ClientConfig>, name: ServerName<'static>) -> io::Result<Self> {
        let tls = TlsConnector::from(config).connect(name, TokioIo::new(self)).await?;
        let is_http2 = tls.get_ref().1.alpn_protocol() == Some(b"h2");
        Ok(Self { io: Io::Tls(Box::new(TokioIo::new(tls))), is_http2, is_proxy: false })
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
        match &mut self.io {
            Io::Tcp(io) => Pin::new(io).poll_read(cx, buf),
            Io::Tls(io) => Pin::new(io).poll_read(cx, buf),
        }
    }
}

impl Write for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match &mut self.io {
            Io::Tcp(io) => Pin::new(io).poll_write(cx, buf),
            Io::Tls(io) => Pin::new(io).poll_write(cx, buf),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.io {
            Io::Tcp(io) => Pin::new(io).poll_flush(cx),
            Io::Tls(io) => Pin::new(io).poll_flush(cx),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.io {
            Io::Tcp(io) => Pin::new(io).poll_shutdown(cx),
            Io::Tls(io) => Pin::new(io).poll_shutdown(cx),
        }
    }

    fn is_write_vectored(&self) -> bool {
        match &self.io {
            Io::Tcp(io) => io.is_write_vectored(),
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
