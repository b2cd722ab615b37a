//! Servers that limit, refuse or close, over HTTP/2 and HTTP/1.1.
#![cfg(feature = "transport")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;
mod transport_support;

use stackone::{ErrorKind, TimeoutKind};
use std::{
    future::IntoFuture,
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};
use support::{Get, Post, THING, raw::Raw};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::sleep,
};
use transport_support::{Certified, H2, Https, answer, builder};

/// A server that allows this many streams on a connection and answers after a while. Also the largest number of streams that a
/// connection had at once.
async fn limited(streams: u32, after: Duration) -> Https {
    let mut settings = h2::server::Builder::new();
    settings.max_concurrent_streams(streams);
    Https::h2_with(settings, move |_, respond| async move {
        sleep(after).await;
        answer(respond, THING)
    })
    .await
}

#[tokio::test]
async fn calls_beyond_the_limit_of_streams_use_more_connections() {
    for (limit, calls, connections) in [(1, 20, 20), (10, 45, 5), (100, 90, 1)] {
        let server = limited(limit, Duration::from_millis(500)).await;
        let client = server.client();
        let calls: Vec<_> =
            (0..calls).map(|_| tokio::spawn(client.send(Post::default()).no_retry().into_future())).collect();
        for call in calls {
            let thing = call.await.unwrap().unwrap();
            assert!(thing.elapsed() < Duration::from_secs(5), "{limit}: {:?}", thing.elapsed());
        }
        assert!(server.connections() <= connections, "{limit}: {} connections", server.connections());
        assert!(limit > 1 || server.connections() > 1);
    }
}

#[tokio::test]
async fn calls_one_after_the_other_share_a_connection() {
    for limit in [1, 100] {
        let server = limited(limit, Duration::ZERO).await;
        let client = server.client();
        for _ in 0..10 {
            client.send(Post::default()).no_retry().await.unwrap();
        }
        assert_eq!(server.connections(), 1, "{limit}");
    }
}

/// The second connection takes one request, and its server never says how many more it takes.
#[tokio::test]
async fn a_request_that_waits_for_a_stream_was_not_sent() {
    let requests = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&requests);
    let server = Https::start(Certified::new(H2), move |stream, number| {
        let count = Arc::clone(&count);
        async move {
            if number > 1 {
                // HTTP/2 starts, and the settings of the server never come.
                sleep(Duration::from_secs(3600)).await;
            }
            let mut settings = h2::server::Builder::new();
            settings.max_concurrent_streams(2);
            let connection: Result<h2::server::Connection<_, bytes::Bytes>, _> = settings.handshake(stream).await;
            let mut connection = connection.map_err(io::Error::other)?;
            let mut streams = Vec::new();
            while let Some(Ok(stream)) = connection.accept().await {
                count.fetch_add(1, SeqCst);
                streams.push(stream);
            }
            Ok(())
        }
    })
    .await;
    let client = server.client();
    let call = || client.send(Post::default()).no_retry().header_timeout(Duration::from_millis(500)).into_future();
    let calls: Vec<_> = (0..4).map(|_| tokio::spawn(call())).collect();
    let mut unknown = 0;
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Header));
        unknown += usize::from(error.outcome_unknown());
    }
    assert_eq!((requests.load(SeqCst), unknown), (2, 3), "the fourth request was not sent");
}

/// Frames of HTTP/2, written by hand.
mod frame {
    /// A frame: its type, flags, stream and payload.
    pub(super) fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        let mut frame = vec![length[1], length[2], length[3], kind, flags];
        frame.extend(stream.to_be_bytes());
        frame.extend(payload);
        frame
    }

    pub(super) fn settings() -> Vec<u8> {
        frame(4, 0, 0, &[])
    }

    /// A response with status 200 and a document.
    pub(super) fn response(stream: u32, document: &str) -> Vec<u8> {
        [frame(1, 4, stream, &[0x88]), frame(0, 1, stream, document.as_bytes())].concat()
    }

    pub(super) fn go_away(last: u32, reason: u32) -> Vec<u8> {
        frame(7, 0, 0, &[last.to_be_bytes(), reason.to_be_bytes()].concat())
    }
}

/// Reads frames until this many requests have arrived. Returns their streams.
async fn requests(stream: &mut (impl AsyncReadExt + Unpin), count: usize) -> io::Result<Vec<u32>> {
    let mut streams = Vec::new();
    while streams.len() < count {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; length as usize];
        stream.read_exact(&mut payload).await?;
        if head[3] == 1 {
            streams.push(u32::from_be_bytes([head[5], head[6], head[7], head[8]]));
        }
    }
    Ok(streams)
}

/// A server whose first connection takes three requests, sends GOAWAY with the first as the last stream, and then answers it or
/// closes the connection. The other connections answer each request.
async fn going_away(reason: u32, answers: bool) -> Https {
    Https::start(Certified::new(H2), move |mut stream, number| async move {
        if number > 1 {
            let mut connection = h2::server::handshake(stream).await.map_err(io::Error::other)?;
            while let Some(Ok((_, respond))) = connection.accept().await {
                answer(respond, THING).map_err(io::Error::other)?;
            }
            return Ok(());
        }
        stream.read_exact(&mut [0; 24]).await?;
        stream.write_all(&frame::settings()).await?;
        let streams = requests(&mut stream, 3).await?;
        stream.write_all(&frame::go_away(streams[0], reason)).await?;
        stream.flush().await?;
        if answers {
            sleep(Duration::from_millis(100)).await;
            stream.write_all(&frame::response(streams[0], THING)).await?;
        }
        stream.shutdown().await
    })
    .await
}

#[tokio::test]
async fn requests_above_the_last_stream_of_a_goaway_are_sent_again() {
    const NO_ERROR: u32 = 0;
    const ENHANCE_YOUR_CALM: u32 = 11;
    for (reason, answers) in
        [(NO_ERROR, true), (ENHANCE_YOUR_CALM, true), (NO_ERROR, false), (ENHANCE_YOUR_CALM, false)]
    {
        let server = going_away(reason, answers).await;
        let client = server.client();
        let calls: Vec<_> = (0..3).map(|_| tokio::spawn(client.send(Post::default()).into_future())).collect();
        let mut lost = 0;
        for call in calls {
            match call.await.unwrap() {
                Ok(thing) => assert!(thing.attempts() <= 2),
                Err(error) => {
                    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1), "{reason}: {error}");
                    assert!(error.outcome_unknown());
                    lost += 1;
                }
            }
        }
        assert_eq!(lost, usize::from(!answers), "{reason}: the server had the first request only");
        assert_eq!(server.connections(), 2);
    }
}

/// A server that closes each connection after a few requests, as at the age limit of a connection.
#[tokio::test]
async fn a_connection_at_its_age_limit_is_replaced() {
    let server = Https::start(Certified::new(H2), |stream, _| async move {
        let mut connection = h2::server::handshake(stream).await.map_err(io::Error::other)?;
        let mut requests = 0;
        while let Some(Ok((_, respond))) = connection.accept().await {
            requests += 1;
            if requests == 3 {
                connection.graceful_shutdown();
            }
            answer(respond, THING).map_err(io::Error::other)?;
        }
        Ok(())
    })
    .await;
    let client = server.client();
    for _ in 0..20 {
        client.send(Post::default()).await.unwrap();
    }
    assert!(server.connections() >= 5, "{}", server.connections());
}

/// The server closes a connection at the moment in which the next request arrives.
#[tokio::test]
async fn a_write_on_a_connection_that_is_closed_at_once_is_sent_once() {
    let response = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{THING}", THING.len());
    let server = Raw::start(move |mut wire| {
        let response = response.clone();
        async move {
            wire.request().await?;
            wire.write(&response).await?;
            // The second request is read and not answered.
            wire.request().await.map(drop)
        }
    })
    .await;
    let client = builder().base_url(server.url()).build().unwrap();
    client.send(Post::default()).await.unwrap();
    let error = client.send(Post::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), server.requests()), (ErrorKind::Transport, 1, 2));
    assert!(error.outcome_unknown());
    client.send(Post::default()).await.unwrap();
    assert_eq!(client.send(Get::default()).await.unwrap().attempts(), 2);
}

#[tokio::test]
async fn a_write_on_a_connection_that_was_closed_before_it_is_sent_again() {
    let response = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{THING}", THING.len());
    let server = Raw::answering(response).await;
    let client = builder().base_url(server.url()).build().unwrap();
    for _ in 0..5 {
        // The client has noticed the end of the connection, or notices it when it takes the connection.
        assert_eq!(client.send(Post::default()).await.unwrap().attempts(), 1);
        sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(server.requests(), 5);
}
