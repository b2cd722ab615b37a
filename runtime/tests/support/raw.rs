//! A server on loopback that writes raw bytes, so that it can break the rules of HTTP.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

pub struct Raw {
    pub address: SocketAddr,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
    open: Arc<AtomicUsize>,
}

/// A connection, with the number of requests read from it.
pub struct Wire {
    pub stream: TcpStream,
    requests: Arc<AtomicUsize>,
    open: Arc<AtomicUsize>,
}

impl Raw {
    /// Handles each connection in its own task.
    pub async fn start<F>(handler: impl Fn(Wire) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = std::io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let [connections, requests, open] = [(); 3].map(|()| Arc::new(AtomicUsize::new(0)));
        let raw = Self { address, connections: connections.clone(), requests: requests.clone(), open: open.clone() };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, SeqCst);
                open.fetch_add(1, SeqCst);
                let wire = Wire { stream, requests: requests.clone(), open: open.clone() };
                // The client may close the connection, and writing then fails.
                let done = handler(wire);
                tokio::spawn(async move { drop(done.await) });
            }
        });
        raw
    }

    /// Answers each request with the same bytes and closes the connection.
    pub async fn answering(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes: Arc<[u8]> = bytes.into().into();
        Self::start(move |mut wire| {
            let bytes = bytes.clone();
            async move {
                wire.request().await?;
                wire.stream.write_all(&bytes).await?;
                wire.stream.shutdown().await
            }
        })
        .await
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn connections(&self) -> usize {
        self.connections.load(SeqCst)
    }

    pub fn requests(&self) -> usize {
        self.requests.load(SeqCst)
    }

    pub fn open(&self) -> usize {
        self.open.load(SeqCst)
    }
}

impl Wire {
    /// Reads one request with its body. Returns it as text.
    pub async fn request(&mut self) -> std::io::Result<String> {
        let mut text = Vec::new();
        loop {
            let mut buffer = [0; 4096];
            let read = self.stream.read(&mut buffer).await?;
            if read == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            text.extend_from_slice(&buffer[..read]);
            let request = String::from_utf8_lossy(&text).into_owned();
            let Some((head, body)) = request.split_once("\r\n\r\n") else { continue };
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                self.requests.fetch_add(1, SeqCst);
                return Ok(request);
            }
        }
    }

    pub async fn write(&mut self, bytes: impl AsRef<[u8]>) -> std::io::Result<()> {
        self.stream.write_all(bytes.as_ref()).await?;
        self.stream.flush().await
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.open.fetch_sub(1, SeqCst);
    }
}
