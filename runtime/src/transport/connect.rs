//! Making a connection: straight, or through the proxy that the environment names, and TLS over it.

use super::BoxFuture;
use super::tls::Tls;
use crate::error::BoxError;
use http::{Uri, uri::Scheme};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::{
    client::{
        legacy::connect::{Connected, Connection, HttpConnector, proxy::Tunnel},
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

/// Behind one pointer, as it is cloned for every request, although most find a connection in the pool.
#[derive(Clone)]
pub(super) struct Connector(Arc<Means>);

/// What connections are made with.
pub(super) struct Means {
    pub(super) tcp: HttpConnector,
    pub(super) proxies: Option<Arc<Matcher>>,
    pub(super) tls: Arc<Tls>,
    pub(super) timeout: Option<Duration>,
}

impl Service<Uri> for Connector {
    type Response = Stream;
    type Error = BoxError;
    type Future = BoxFuture<Self::Response, BoxError>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let connector = self.clone();
        Box::pin(async move {
            let Some(limit) = connector.0.timeout else { return connector.connect(server).await };
            // TCP, proxy and TLS each have their own way of never ending, so one timer is around all of them.
            tokio::time::timeout(limit, connector.connect(server)).await.unwrap_or_else(|_| {
                let message = format!("not connected within {limit:?} (setting `connect_timeout`)");
                Err(io::Error::new(io::ErrorKind::TimedOut, message).into())
            })
        })
    }
}

impl Connector {
    pub(super) fn new(means: Means) -> Self {
        Self(Arc::new(means))
    }

    async fn connect(self, server: Uri) -> Result<Stream, BoxError> {
        let proxy = self.0.proxies.as_ref().and_then(|proxies| proxies.intercept(&server));
        if server.scheme() == Some(&Scheme::HTTPS) {
            let config = self.0.tls.configs()?.server;
            let name = certified_name(&server)?;
            let stream = match proxy {
                None => self.tcp(server).await?,
                Some(proxy) => self.tunnel(&proxy, server).await?,
            };
            return Ok(stream.secure(config, name).await?);
        }
        match proxy {
            None => self.tcp(server).await,
            // Asks hyper for the absolute form of the URI (RFC 9112, section 3.2.2).
            Some(proxy) => Ok(Stream { proxied: true, ..self.proxy(proxy.uri().clone()).await? }),
        }
    }

    async fn tcp(self, uri: Uri) -> Result<Stream, BoxError> {
        let mut tcp = self.0.tcp.clone();
        Ok(Stream { io: Io::Tcp(tcp.call(uri).await?), h2: false, proxied: false })
    }

    async fn proxy(self, proxy: Uri) -> Result<Stream, BoxError> {
        match proxy.scheme_str() {
            Some("http") => self.tcp(proxy).await,
            Some("https") => {
                let config = self.0.tls.configs()?.proxy;
                let name = certified_name(&proxy)?;
                Ok(self.tcp(proxy).await?.secure(config, name).await?)
            }
            _ => Err("the environment names a proxy that is neither http:// nor https://".into()),
        }
    }

    async fn tunnel(self, proxy: &Intercept, server: Uri) -> Result<Stream, BoxError> {
        let mut tunnel = Tunnel::new(proxy.uri().clone(), ToProxy(self));
        if let Some(credentials) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(credentials.clone());
        }
        Ok(tunnel.call(server).await?)
    }
}

/// What a tunnel is made over.
struct ToProxy(Connector);

impl Service<Uri> for ToProxy {
    type Response = Stream;
    type Error = BoxError;
    type Future = BoxFuture<Stream, BoxError>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, proxy: Uri) -> Self::Future {
        Box::pin(self.0.clone().proxy(proxy))
    }
}

/// Whom the certificate has to name: the host, without the brackets that are around an IPv6 address in URIs only.
fn certified_name(uri: &Uri) -> Result<ServerName<'static>, InvalidDnsNameError> {
    let host = uri.host().unwrap_or_default();
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    ServerName::try_from(address.unwrap_or(host).to_owned())
}

/// A connection that knows what was agreed on in TLS, and whether it ends at a proxy.
pub(super) struct Stream {
    io: Io,
    h2: bool,
    proxied: bool,
}

/// What a connection runs over: TCP, or TLS over TCP, over a tunnel, or over a tunnel in TLS. By name and not behind a
/// `dyn`, as a call comes here ten times.
enum Io {
    Tcp(<HttpConnector as Service<Uri>>::Response),
    Tls(Box<TokioIo<TlsStream<TokioIo<Stream>>>>),
}

impl Stream {
    async fn secure(self, config: Arc<ClientConfig>, name: ServerName<'static>) -> io::Result<Self> {
        let tls = TlsConnector::from(config).connect(name, TokioIo::new(self)).await?;
        let h2 = tls.get_ref().1.alpn_protocol() == Some(b"h2");
        Ok(Self { io: Io::Tls(Box::new(TokioIo::new(tls))), h2, proxied: false })
    }
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        let connected = Connected::new().proxy(self.proxied);
        if self.h2 { connected.negotiated_h2() } else { connected }
    }
}

impl Read for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        match &mut self.io {
            Io::Tcp(io) => Pin::new(io).poll_read(cx, buf),
            Io::Tls(io) => Pin::new(io).poll_read(cx, buf),
        }
    }
}

impl Write for Stream {
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
        match (&mut self.io, bufs) {
            // A request without a body is in one piece, and the kernel takes `send` with less ado than `writev`: a hundredth
            // more calls a second on loopback.
            (Io::Tcp(io), [buf]) => Pin::new(io).poll_write(cx, buf),
            (Io::Tcp(io), _) => Pin::new(io).poll_write_vectored(cx, bufs),
            (Io::Tls(io), _) => Pin::new(io).poll_write_vectored(cx, bufs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_name_hosts_as_they_are() {
        for (uri, name) in
            [("https://a.example:8443/b", "a.example"), ("https://[::1]:1", "::1"), ("https://127.0.0.1", "127.0.0.1")]
        {
            assert_eq!(certified_name(&uri.parse().unwrap()).unwrap().to_str(), name);
        }
        assert!(certified_name(&"https://a..example".parse().unwrap()).is_err());
    }
}
