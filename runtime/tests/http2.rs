//! Faults of HTTP/2, over a transport of the test without TLS. Exchanges of many steps use real time: see `faults.rs`.
#![cfg(feature = "transport")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use http_body_util::Full;
use hyper_util::client::legacy::connect::HttpConnector;
use stackone::{Client, ErrorKind, TimeoutKind, retry::Retry};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};
use support::{Post, THING};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
};

type Http2 = hyper_util::client::legacy::Client<HttpConnector, Full<bytes::Bytes>>;

fn http2() -> Http2 {
    hyper_util::client::legacy::Client::builder(hyper_util::rt::TokioExecutor::new()).http2_only(true).build_http()
}

/// The server did not process a refused stream (RFC 9113, section 8.7), so that even a write may be sent again.
#[tokio::test]
async fn a_refused_stream_is_retried() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicUsize::new(0));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let requests = Arc::clone(&requests);
            tokio::spawn(async move {
                let mut connection = h2::server::handshake(stream).await.unwrap();
                while let Some(Ok((_, mut respond))) = connection.accept().await {
                    if requests.fetch_add(1, SeqCst) < 2 {
                        respond.send_reset(h2::Reason::REFUSED_STREAM);
                        continue;
                    }
                    let mut body = respond.send_response(http::Response::new(()), false).unwrap();
                    body.send_data(THING.into(), true).unwrap();
                }
            });
        }
    });
    let retry = Retry::default().base_wait(Duration::from_millis(1));
    let client = Client::builder().base_url(url).retry(retry).build_with(http2()).unwrap();
    assert_eq!(client.send(Post::default()).await.unwrap().attempts(), 3);
}

/// A client over HTTP/2. A reset without an error looks like the end of the body.
#[tokio::test(start_paused = true)]
async fn a_reset_stream_is_an_error() {
    use h2::Reason;
    let cases = [
        (Some(Reason::NO_ERROR), ErrorKind::Truncated),
        (Some(Reason::CANCEL), ErrorKind::Truncated),
        (Some(Reason::INTERNAL_ERROR), ErrorKind::Truncated),
        (None, ErrorKind::Truncated),
    ];
    for (reset, kind) in cases {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut connection = h2::server::handshake(stream).await.unwrap();
            while let Some(Ok((_, mut respond))) = connection.accept().await {
                let mut body = respond.send_response(http::Response::new(()), false).unwrap();
                body.send_data("\n\n{\"id\":".into(), reset.is_none()).unwrap();
                if let Some(reason) = reset {
                    tokio::spawn(async move {
                        tokio::time::sleep(Duration::from_secs(1)).await;
                        body.send_reset(reason);
                    });
                }
            }
        });
        let client = Client::builder().base_url(url).build_with(http2()).unwrap();
        let error = client.send(Post::default()).await.unwrap_err();
        assert_eq!((error.kind(), error.heartbeats()), (kind, 2), "{reset:?}: {error}");
        assert_eq!(error.raw_body().unwrap(), "{\"id\":");
        assert!(error.outcome_unknown());
    }
}

/// An HTTP/2 server whose handler answers each request, with the number of requests.
async fn server<F>(
    answer: impl Fn(h2::server::SendResponse<bytes::Bytes>) -> F + Clone + Send + 'static,
) -> (String, Arc<AtomicUsize>)
where
    F: Future<Output = Result<(), h2::Error>> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&requests);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, answer.clone(), Arc::clone(&count)));
        }
    });
    (url, requests)
}

/// The client may close the connection.
async fn serve<F>(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    answer: impl Fn(h2::server::SendResponse<bytes::Bytes>) -> F,
    requests: Arc<AtomicUsize>,
) where
    F: Future<Output = Result<(), h2::Error>> + Send + 'static,
{
    let Ok(mut connection) = h2::server::handshake(stream).await else { return };
    while let Some(Ok((_, respond))) = connection.accept().await {
        requests.fetch_add(1, SeqCst);
        tokio::spawn(answer(respond));
    }
}

/// A complete HTTP/2 connection (preface, head, heartbeats, document) is cut at each of its bytes.
#[tokio::test]
async fn a_response_cut_at_any_byte_is_an_error() {
    async fn beats(mut respond: h2::server::SendResponse<bytes::Bytes>) -> Result<(), h2::Error> {
        let head = http::Response::builder().status(201).body(()).unwrap();
        let mut body = respond.send_response(head, false)?;
        for piece in ["\n", "\r\n", "{\"id", "\":\"1\"}"] {
            body.send_data(piece.into(), false)?;
        }
        body.send_data("\n".into(), true)
    }
    // The number of bytes that the server wrote, the number of requests, and the result of the call.
    let run = async |limit: usize| {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let [requests, written] = [(); 2].map(|()| Arc::new(AtomicUsize::new(0)));
        let (count, total) = (Arc::clone(&requests), Arc::clone(&written));
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let (near, far) = tokio::io::duplex(1 << 16);
                tokio::spawn(serve(far, beats, Arc::clone(&count)));
                let (mut from_server, mut to_server) = tokio::io::split(near);
                let (mut from_client, mut to_client) = client.split();
                let forward = async {
                    let mut buffer = [0; 1];
                    while total.load(SeqCst) < limit && from_server.read_exact(&mut buffer).await.is_ok() {
                        to_client.write_all(&buffer).await?;
                        total.fetch_add(1, SeqCst);
                    }
                    // The client then reads these bytes before the end.
                    tokio::time::sleep(Duration::from_millis(2)).await;
                    std::io::Result::Ok(())
                };
                tokio::select! {
                    _ = forward => {}
                    _ = tokio::io::copy(&mut from_client, &mut to_server) => {}
                }
            }
        });
        let client = Client::builder().base_url(url).build_with(http2()).unwrap();
        let result = client.send(Post::default()).await;
        (written.load(SeqCst), requests.load(SeqCst), result)
    };
    let (whole, requests, result) = run(usize::MAX).await;
    assert_eq!((requests, result.unwrap().heartbeats()), (1, 2));
    let mut kinds = Vec::new();
    for end in 0..whole {
        let (_, requests, result) = run(end).await;
        let Err(error) = result else {
            // The last frames may acknowledge pings and settings.
            assert!(kinds.contains(&ErrorKind::Truncated), "an answer out of {end} of {whole} bytes");
            continue;
        };
        assert!(requests <= 1, "a write is sent once: {end}");
        assert!(error.outcome_unknown() || requests == 0, "{end}: {error}");
        assert!(!error.is_connect() || requests == 0, "{end}: {error}");
        let expected = if error.status().is_some() { ErrorKind::Truncated } else { ErrorKind::Transport };
        assert_eq!(error.kind(), expected, "{end}: {error}");
        kinds.push(error.kind());
    }
    assert!([ErrorKind::Transport, ErrorKind::Truncated].iter().all(|kind| kinds.contains(kind)), "{kinds:?}");
}

#[tokio::test]
async fn stalls_are_timeouts_and_slow_data_is_not() {
    let limit = Duration::from_millis(100);
    let phases =
        [(false, "", TimeoutKind::Header), (true, "", TimeoutKind::Idle), (true, "\n\n{\"id", TimeoutKind::Idle)];
    for (head, sent, timer) in phases {
        let (url, requests) = server(move |mut respond| async move {
            if head {
                let mut body = respond.send_response(http::Response::new(()), false)?;
                body.send_data(sent.into(), false)?;
                tokio::time::sleep(Duration::from_secs(3600)).await;
                return body.send_data("".into(), true);
            }
            tokio::time::sleep(Duration::from_secs(3600)).await;
            drop(respond);
            Ok(())
        })
        .await;
        let client = Client::builder().base_url(url).build_with(http2()).unwrap();
        let call = client.send(Post::default()).header_timeout(limit).idle_timeout(limit);
        let error = call.await.unwrap_err();
        assert_eq!((error.kind(), requests.load(SeqCst)), (ErrorKind::Timeout(timer), 1), "{sent:?}");
        assert!(error.outcome_unknown());
    }
    let (url, _) = server(|mut respond| async move {
        let mut body = respond.send_response(http::Response::new(()), false)?;
        for byte in format!("{}{THING}", "\n".repeat(12)).into_bytes() {
            tokio::time::sleep(Duration::from_millis(100)).await;
            body.send_data(vec![byte].into(), false)?;
        }
        body.send_data("".into(), true)
    })
    .await;
    let client = Client::builder().base_url(url).build_with(http2()).unwrap();
    let call = client.send(Post::default()).idle_timeout(10 * limit);
    assert_eq!(call.await.unwrap().heartbeats(), 12, "in more time than silence may take");
}
