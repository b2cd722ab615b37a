//! The server: HTTP/1.1 with hyper, in a process of its own. Its faults come in turn.

use bench_support::Result;
use bytes::Bytes;
use futures_util::stream;
use http::{HeaderValue, Request, Response, StatusCode, header::RETRY_AFTER};
use http_body::Frame;
use http_body_util::{BodyExt, StreamBody, combinators::UnsyncBoxBody};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use std::{
    env,
    future::pending,
    io::{self, BufRead as _, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};
use tokio::{
    net::TcpListener,
    time::{sleep, timeout},
};

type Body = UnsyncBoxBody<Bytes, io::Error>;

/// The number of the request, and of the connection.
static REQUESTS: AtomicU64 = AtomicU64::new(0);
static CONNECTIONS: AtomicU64 = AtomicU64::new(0);

enum Piece {
    Data(&'static [u8]),
    Wait,
    Lost,
}

/// A body that waits 10 ms at each `Wait`. With `is_endless`, it repeats its pieces.
fn body(pieces: &'static [Piece], is_endless: bool) -> Body {
    let stream = stream::unfold(0, move |mut next| async move {
        loop {
            let piece = if is_endless { &pieces[next % pieces.len()] } else { pieces.get(next)? };
            next += 1;
            match piece {
                Piece::Wait => sleep(Duration::from_millis(10)).await,
                Piece::Data(data) => return Some((Ok(Frame::data(Bytes::from_static(data))), next)),
                Piece::Lost => return Some((Err(io::ErrorKind::ConnectionReset.into()), next)),
            }
        }
    });
    StreamBody::new(stream).boxed_unsync()
}

const DOCUMENT: Piece = Piece::Data(br#"{"id":"1","data":[1,2,3]}"#);
const BEAT: Piece = Piece::Data(b"\n");
const CHUNK: Piece = Piece::Data(&[b'x'; 16 << 10]);

async fn answer(request: Request<Incoming>) -> io::Result<Response<Body>> {
    let mut upload = request.into_body();
    while let Some(frame) = upload.frame().await {
        frame.map_err(io::Error::other)?;
    }
    let respond = |status: StatusCode, body: Body| {
        let mut response = Response::new(body);
        *response.status_mut() = status;
        response
    };
    let ok = |pieces| Ok(respond(StatusCode::OK, body(pieces, false)));
    match REQUESTS.fetch_add(1, Relaxed) % 40 {
        0 => {
            let mut response = respond(StatusCode::TOO_MANY_REQUESTS, body(&[DOCUMENT], false));
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("0"));
            Ok(response)
        }
        5 => Ok(respond(StatusCode::SERVICE_UNAVAILABLE, body(&[], false))),
        10 => Err(io::ErrorKind::ConnectionReset.into()),
        12 => ok(&[Piece::Data(br#"{"statusCode":422,"message":"an error"}"#)]),
        15 => ok(&[Piece::Data(b"\n{\"id\":"), Piece::Wait, Piece::Lost]),
        17 => ok(&[Piece::Data(b"<!doctype html>")]),
        20 => pending().await,
        23 => Ok(respond(StatusCode::OK, body(&[BEAT, Piece::Wait], true))),
        26 => Ok(respond(StatusCode::OK, body(&[Piece::Data(b"["), CHUNK], true))),
        27..32 => ok(&[Piece::Wait, BEAT, Piece::Wait, BEAT, Piece::Wait, BEAT, DOCUMENT]),
        _ => ok(&[DOCUMENT]),
    }
}

/// Serves until it is killed, and prints its address.
pub(crate) fn run() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        println!("{}", listener.local_addr()?);
        loop {
            let (stream, _) = listener.accept().await?;
            let connection = CONNECTIONS.fetch_add(1, Relaxed);
            if connection.is_multiple_of(50) {
                stream.set_zero_linger()?;
                continue;
            }
            let serving = http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(answer));
            // Connections end at any age, and in the middle of a response. A client that is gone ends them too.
            let age = Duration::from_millis(20 + connection * 37 % 3000);
            tokio::spawn(timeout(age, serving));
        }
    })
}

/// The server's process.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    pub(crate) fn start() -> Result<Self> {
        let mut child = Command::new(env::current_exe()?).arg("server").stdout(Stdio::piped()).spawn()?;
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
