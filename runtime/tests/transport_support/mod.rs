//! Shared by the tests of the transport: servers with TLS on loopback.
#![allow(dead_code, unreachable_pub, missing_docs, missing_debug_implementations, reason = "each test uses a part")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use h2::server::SendResponse;
use http::{Request, Response};
use rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer};
use stackone::{Client, ClientBuilder, retry::Retry};
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

pub const H2: &[&[u8]] = &[b"h2"];
pub const HTTP1: &[&[u8]] = &[b"http/1.1"];

/// A certificate, and the server configuration that uses it.
pub struct Certified {
    pub config: ServerConfig,
    /// The certificate in PEM.
    pub root: String,
}

pub fn pem(label: &str, der: &[u8]) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", BASE64_STANDARD.encode(der))
}

impl Certified {
    /// A certificate for `localhost` that signs itself.
    pub fn new(protocols: &[&[u8]]) -> Self {
        Self::with(&rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap(), protocols)
    }

    pub fn with(params: &rcgen::CertificateParams, protocols: &[&[u8]]) -> Self {
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        let root = pem("CERTIFICATE", certificate.der());
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::try_from(key.serialize_der()).unwrap())
            .unwrap();
        config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
        Self { config, root }
    }
}

/// A server with TLS.
pub struct Https {
    pub port: u16,
    pub root: String,
    connections: Arc<AtomicUsize>,
}

impl Https {
    /// Handles each connection in its own task. The handler also gets the number of the connection, from 1.
    pub async fn start<F>(
        certified: Certified,
        handler: impl Fn(TlsStream<TcpStream>, usize) -> F + Clone + Send + 'static,
    ) -> Self
    where
        F: Future<Output = io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        let acceptor = TlsAcceptor::from(Arc::new(certified.config));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = count.fetch_add(1, SeqCst) + 1;
                let (acceptor, handler) = (acceptor.clone(), handler.clone());
                tokio::spawn(async move {
                    // The client may refuse the certificate, or close the connection.
                    if let Ok(stream) = acceptor.accept(stream).await {
                        drop(handler(stream, number).await);
                    }
                });
            }
        });
        Self { port, root: certified.root, connections }
    }

    /// An HTTP/2 server that answers each request in its own task.
    pub async fn h2<F>(
        answer: impl Fn(Request<h2::RecvStream>, SendResponse<Bytes>) -> F + Clone + Send + 'static,
    ) -> Self
    where
        F: Future<Output = Result<(), h2::Error>> + Send + 'static,
    {
        Self::h2_with(h2::server::Builder::new(), answer).await
    }

    pub async fn h2_with<F>(
        settings: h2::server::Builder,
        answer: impl Fn(Request<h2::RecvStream>, SendResponse<Bytes>) -> F + Clone + Send + 'static,
    ) -> Self
    where
        F: Future<Output = Result<(), h2::Error>> + Send + 'static,
    {
        Self::start(Certified::new(H2), move |stream, _| {
            let (settings, answer) = (settings.clone(), answer.clone());
            async move {
                let mut connection = settings.handshake(stream).await.map_err(io::Error::other)?;
                while let Some(Ok((request, respond))) = connection.accept().await {
                    tokio::spawn(answer(request, respond));
                }
                Ok(())
            }
        })
        .await
    }

    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    /// The number of connections so far.
    pub fn connections(&self) -> usize {
        self.connections.load(SeqCst)
    }

    /// A client that trusts this server.
    pub fn client(&self) -> Client {
        self.client_with(|builder| builder)
    }

    pub fn client_with(&self, settings: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
        settings(builder().base_url(self.url()).root_certificates(&self.root)).build().unwrap()
    }
}

/// A client that waits only a little before a retry.
pub fn builder() -> ClientBuilder {
    Client::builder().no_proxy().retry(Retry::default().base_wait(Duration::from_millis(1)))
}

/// Sends a response with this body.
pub fn answer(mut respond: SendResponse<Bytes>, body: &'static str) -> Result<(), h2::Error> {
    respond.send_response(Response::new(()), false)?.send_data(Bytes::from_static(body.as_bytes()), true)
}
