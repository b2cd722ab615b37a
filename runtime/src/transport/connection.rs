//! A stream to a server: TCP, a stream of the program, or TLS over one of them.

use super::{
    NotSent,
    connect_error::{Host, connect_error, refusal},
    dial::Stream,
};
use http::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::{
    client::legacy::connect::{Connected, Connection as ClientConnection, HttpConnector},
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
    task::{Context, Poll, ready},
};
use tokio::sync::Notify;
use tokio_rustls::{TlsConnector, client::TlsStream};
use tower_service::Service;

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

type TcpIo = <HttpConnector as Service<Uri>>::Response;

/// TCP, a stream of the program, or TLS over another connection.
enum Io {
    Dialled(TokioIo<Stream>),
    Tcp(TcpIo),
    Tls(Box<TokioIo<TlsStream<TokioIo<Connection>>>>),
}

impl Connection {
    pub(super) fn tcp(io: TcpIo) -> Self {
        Self::new(Io::Tcp(io), false)
    }

    pub(super) fn dialled(stream: Stream) -> Self {
        Self::new(Io::Dialled(TokioIo::new(stream)), false)
    }

    fn new(io: Io, is_http2: bool) -> Self {
        Self { io, is_http2, is_proxy: false, was_read: Arc::default() }
    }

    /// Starts TLS.
    pub(super) async fn secure(self, config: Arc<ClientConfig>, uri: &Uri, host: &Host) -> Result<Self, NotSent> {
        let name = certificate_name(uri).map_err(|error| refusal(host, &error))?;
        let tls = TlsConnector::from(config).connect(name, TokioIo::new(self)).await;
        let tls = tls.map_err(|error| connect_error(host, None, &error))?;
        let is_http2 = tls.get_ref().1.alpn_protocol() == Some(b"h2");
        Ok(Self::new(Io::Tls(Box::new(TokioIo::new(tls))), is_http2))
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

/// The name that the certificate must have: the host, without the brackets of an IPv6 address.
fn certificate_name(uri: &Uri) -> Result<ServerName<'static>, InvalidDnsNameError> {
    let host = uri.host().unwrap_or_default();
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    ServerName::try_from(address.unwrap_or(host).to_owned())
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
