//! The server: HTTP/1.1 with hyper, on one thread. It answers `/download?bytes=..` with that number of bytes, and any other
//! request with a small JSON object.

use crate::pinned::Processor;
use bench_support::Result;
use bytes::Bytes;
use http::{HeaderValue, Request, Response, header::CONTENT_TYPE};
use http_body::{Body, Frame, SizeHint};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use std::{
    convert::Infallible,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    pin::Pin,
    process::{Child, Stdio},
    task::{Context, Poll},
};
use tokio::net::TcpListener;

pub(crate) const ANSWER: Bytes = Bytes::from_static(
    br#"{"id":"employee-1","remote_id":"remote-1","first_name":"Ada","last_name":"Lovelace","work_email":"ada@example.com","job_title":"Engineer","hire_date":"2021-07-21T14:00:00.000Z","active":true}"#,
);

/// A body in chunks of 64 KiB.
struct Chunks {
    chunk: Bytes,
    left: u64,
}

impl Body for Chunks {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let length = self.chunk.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        self.left -= length as u64;
        Poll::Ready(Some(Ok(Frame::data(self.chunk.slice(..length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[expect(clippy::unused_async, reason = "hyper's services are")]
async fn answer(request: Request<Incoming>, zeros: Bytes) -> Result<Response<Chunks>, Infallible> {
    if let Some(bytes) = request.uri().query().and_then(|query| query.strip_prefix("bytes=")) {
        return Ok(Response::new(Chunks { chunk: zeros, left: bytes.parse().unwrap_or(0) }));
    }
    let mut response = Response::new(Chunks { left: ANSWER.len() as u64, chunk: ANSWER });
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

/// Prints the address and serves until the process is killed.
pub(crate) fn run() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let zeros = Bytes::from(vec![0; 64 << 10]);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        println!("{}", listener.local_addr()?);
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            let zeros = zeros.clone();
            let service = service_fn(move |request| answer(request, zeros.clone()));
            tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
        }
    })
}

/// The process of the server. It is killed when this value is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    pub(crate) fn start() -> Result<Self> {
        let mut child = Processor::Server.command(&["server".to_owned()])?.stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().ok_or("the output was piped")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        Ok(Self { child, address: line.trim().parse()? })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
