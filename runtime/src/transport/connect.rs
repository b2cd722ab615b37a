//! Making a connection: straight, or through the proxy that the environment names, and TLS over it.

use super::tls::Tls;
use crate::{client::BoxFuture, error::BoxError};
use http::{Uri, uri::Scheme};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::{
    client::{
        legacy::connect::{Connected, Connection, HttpConnector, proxy::Tunnel},
        proxy::matcher::{Intercept, Matcher},
    },
    rt::TokioIo,
};
use pin_project_lite::pin_project;
use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::net::TcpStream;
use tower::Service;

#[derive(Clone)]
pub(super) struct Connector {
    pub(super) tcp: HttpConnector,
    pub(super) proxies: Option<Arc<Matcher>>,
    pub(super) tls: Arc<Tls>,
    pub(super) timeout: Option<Duration>,
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<Stream>;
    type Error = BoxError;
    type Future = BoxFuture<Self::Response, BoxError>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let connector = self.clone();
        Box::pin(async move {
            let Some(limit) = connector.timeout else { return connector.connect(server).await };
            // TCP, proxy and TLS each have their own way of never ending, so one timer is around all of them.
            tokio::time::timeout(limit, connector.connect(server)).await.unwrap_or_else(|_| {
                let message = format!("not connected within {limit:?} (setting `connect_timeout`)");
                Err(io::Error::new(io::ErrorKind::TimedOut, message).into())
            })
        })
    }
}

impl Connector {
    async fn connect(self, server: Uri) -> Result<MaybeHttpsStream<Stream>, BoxError> {
        let proxy = self.proxies.as_ref().and_then(|proxies| proxies.intercept(&server));
        if server.scheme() != Some(&Scheme::HTTPS) {
            return Ok(MaybeHttpsStream::Http(Wire { connector: self, proxy }.connect(server).await?));
        }
        let config = self.tls.configs()?.server;
        HttpsConnector::from((Wire { connector: self, proxy }, config)).call(server).await
    }
}

/// What TLS to the server, or plain HTTP, runs over.
struct Wire {
    connector: Connector,
    proxy: Option<Intercept>,
}

impl Wire {
    async fn connect(mut self, server: Uri) -> Result<Stream, BoxError> {
        let Some(proxy) = self.proxy else {
            let tcp = self.connector.tcp.call(server).await?;
            return Ok(Stream { inner: MaybeHttpsStream::Http(tcp), proxied: false });
        };
        let to_proxy = ToProxy(self.connector);
        if server.scheme() != Some(&Scheme::HTTPS) {
            let mut to_proxy = to_proxy;
            let stream = to_proxy.call(proxy.uri().clone()).await?;
            // Asks hyper for the absolute form of the URI (RFC 9112, section 3.2.2).
            return Ok(Stream { proxied: true, ..stream });
        }
        let mut tunnel = Tunnel::new(proxy.uri().clone(), to_proxy);
        if let Some(credentials) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(credentials.clone());
        }
        Ok(tunnel.call(server).await?)
    }
}

impl Service<Uri> for Wire {
    type Response = Stream;
    type Error = BoxError;
    type Future = BoxFuture<Stream, BoxError>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let wire = Self { connector: self.connector.clone(), proxy: self.proxy.clone() };
        Box::pin(wire.connect(server))
    }
}

/// The connection to a proxy, which may be one of TLS.
#[derive(Clone)]
struct ToProxy(Connector);

impl Service<Uri> for ToProxy {
    type Response = Stream;
    type Error = BoxError;
    type Future = BoxFuture<Stream, BoxError>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, proxy: Uri) -> Self::Future {
        let Self(Connector { mut tcp, tls, .. }) = self.clone();
        Box::pin(async move {
            let inner = match proxy.scheme_str() {
                Some("http") => MaybeHttpsStream::Http(tcp.call(proxy).await?),
                Some("https") => HttpsConnector::from((tcp, tls.configs()?.proxy)).call(proxy).await?,
                _ => return Err("the environment names a proxy that is neither http:// nor https://".into()),
            };
            Ok(Stream { inner, proxied: false })
        })
    }
}

pin_project! {
    /// A connection that knows whether it ends at a proxy.
    pub(super) struct Stream {
        #[pin]
        inner: MaybeHttpsStream<TokioIo<TcpStream>>,
        proxied: bool,
    }
}

impl Connection for Stream {
    fn connected(&self) -> Connected {
        let connected = self.inner.connected();
        if self.proxied { connected.proxy(true) } else { connected }
    }
}

impl Read for Stream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        self.project().inner.poll_read(cx, buf)
    }
}

impl Write for Stream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.project().inner.poll_write(cx, buf)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.project().inner.poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.project().inner.poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.project().inner.poll_write_vectored(cx, bufs)
    }
}
