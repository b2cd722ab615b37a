//! Faults of real connections, over the default transport. Stalls use simulated time. tokio then advances to the next timer
//! whenever it waits for a socket, so that exchanges of many steps use real time.
#![cfg(feature = "transport")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use stackone::{Client, ClientBuilder, Error, ErrorKind, TimeoutKind};
use std::{
    future::IntoFuture,
    sync::{Arc, Mutex},
    time::Duration,
};
use support::{Get, GetBytes, GetFile, Post, Put, Secret, THING, raw::Raw};
use tokio::{io::AsyncReadExt, net::TcpListener};

const CHUNKED: &str = "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n\
    1\r\n\n\r\n2\r\n\r\n\r\n1\r\n\n\r\n4\r\n{\"id\r\n6\r\n\":\"1\"}\r\n1\r\n\n\r\n0\r\n\r\n";
const LENGTH: &str = "HTTP/1.1 201 Created\r\ncontent-length: 14\r\n\r\n\n\r\n{\"id\":\"1\"}\n";
const CLOSE: &str = "HTTP/1.1 201 Created\r\nconnection: close\r\n\r\n\n\n{\"id\":\"1\"}\n";

fn builder() -> ClientBuilder {
    Client::builder().api_key("key-secret").no_proxy()
}

fn client(raw: &Raw) -> Client {
    builder().base_url(raw.url()).build().unwrap()
}

async fn post(raw: &Raw) -> Result<stackone::Response<support::Thing>, Error> {
    client(raw).send(Post::default()).await
}

#[tokio::test(start_paused = true)]
async fn a_response_is_read_in_every_framing() {
    for (bytes, beats) in [(CHUNKED, 3), (LENGTH, 2), (CLOSE, 2)] {
        let raw = Raw::answering(bytes).await;
        let thing = post(&raw).await.unwrap();
        assert_eq!((thing.value.id.as_str(), thing.status().as_u16(), thing.heartbeats()), ("1", 201, beats));
    }
}

#[tokio::test(start_paused = true)]
async fn a_cut_response_says_how_many_bytes_of_how_many_arrived() {
    let raw = Raw::answering("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabcde").await;
    let mut file = client(&raw).send(GetFile::default()).await.unwrap();
    let mut received = 0;
    let error = loop {
        match file.value.try_next().await {
            Ok(chunk) => received += chunk.unwrap().len(),
            Err(error) => break error,
        }
    };
    assert_eq!((received, error.kind()), (5, ErrorKind::Truncated));
    assert!(error.to_string().starts_with("file: the response ended after 5 of 100 bytes, after "), "{error}");
    assert!(!error.to_string().contains("heartbeats"), "{error}");

    let error = client(&raw).send(GetBytes::default()).no_retry().await.unwrap_err();
    assert!(error.to_string().starts_with("bytes: the response ended after 5 of 100 bytes, after "), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_response_cut_at_any_byte_is_an_error() {
    for whole in [CHUNKED, LENGTH, CLOSE] {
        let head = whole.find("\r\n\r\n").unwrap() + 4;
        for end in 0..whole.len() {
            let raw = Raw::answering(&whole.as_bytes()[..end]).await;
            let result = post(&raw).await;
            assert_eq!(raw.requests(), 1, "a write is sent once: {end}");
            if whole == CLOSE && end >= whole.len() - 1 {
                assert!(result.is_ok(), "the end of the connection is the end of the document");
                continue;
            }
            let error = result.unwrap_err();
            let expected = if end < head { ErrorKind::Transport } else { ErrorKind::Truncated };
            assert_eq!(error.kind(), expected, "{end}: {error}");
            assert!(error.outcome_unknown(), "{end}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_truncated_read_is_retried() {
    let count = Arc::new(Mutex::new(0));
    let raw = Raw::start(move |mut wire| {
        let count = Arc::clone(&count);
        async move {
            wire.request().await?;
            let cut = {
                let mut count = count.lock().unwrap();
                *count += 1;
                *count < 3
            };
            wire.write(if cut { &CHUNKED[..CHUNKED.len() - 20] } else { CHUNKED }).await
        }
    })
    .await;
    let thing = client(&raw).send(Get::default()).await.unwrap();
    assert_eq!((thing.attempts(), raw.requests()), (3, 3));
}

#[tokio::test(start_paused = true)]
async fn a_refused_connection_is_a_connect_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = builder().base_url(url).build().unwrap().send(Post::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 4));
    assert!(error.is_connect() && !error.is_timeout() && !error.outcome_unknown());
    assert!(error.to_string().contains("Connection refused"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_connection_closed_before_the_response_is_a_transport_error() {
    let raw = Raw::start(|mut wire| async move { wire.request().await.map(drop) }).await;
    let error = post(&raw).await.unwrap_err();
    assert_eq!((error.kind(), raw.requests()), (ErrorKind::Transport, 1));
    assert!(error.outcome_unknown());
    client(&raw).send(Get::default()).await.unwrap_err();
    assert_eq!(raw.requests(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_reset_after_the_request_is_a_transport_error() {
    let raw = Raw::start(|mut wire| async move {
        wire.request().await?;
        wire.stream.set_zero_linger()
    })
    .await;
    let error = post(&raw).await.unwrap_err();
    assert_eq!((error.kind(), raw.requests()), (ErrorKind::Transport, 1));
    assert!(error.outcome_unknown());
}

#[tokio::test(start_paused = true)]
async fn a_stall_in_any_phase_is_a_timeout() {
    let phases = [
        ("", TimeoutKind::Header),
        ("HTTP/1.1 200 OK\r\ncontent-le", TimeoutKind::Header),
        ("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n", TimeoutKind::Idle),
        ("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n\n\n{\"id", TimeoutKind::Idle),
    ];
    for (sent, timer) in phases {
        let raw = Raw::start(move |mut wire| async move {
            wire.request().await?;
            wire.write(sent).await?;
            // The connection stays half-open until the client closes it.
            wire.stream.read(&mut [0; 1]).await.map(drop)
        })
        .await;
        let error = post(&raw).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout(timer), "{sent:?}");
        assert_eq!(raw.requests(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn slow_data_is_not_a_stall() {
    let raw = Raw::start(|mut wire| async move {
        wire.request().await?;
        wire.write("HTTP/1.1 200 OK\r\ncontent-length: 22\r\n\r\n").await?;
        for byte in format!("{}{THING}", "\n".repeat(12)).bytes() {
            tokio::time::sleep(Duration::from_secs(20)).await;
            wire.write([byte]).await?;
        }
        Ok(())
    })
    .await;
    assert_eq!(post(&raw).await.unwrap().heartbeats(), 12);
}

#[tokio::test(start_paused = true)]
async fn a_response_that_is_not_http_is_a_transport_error() {
    let big = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "y".repeat(1 << 20));
    let many = format!("HTTP/1.1 200 OK\r\n{}\r\n", "x: y\r\n".repeat(10_000));
    for bytes in ["SSH-2.0-OpenSSH_9.6\r\n", "HTTP/1.1 banana\r\n\r\n", "\n\n{\"id\":\"1\"}", &big, &many] {
        let raw = Raw::answering(bytes).await;
        let error = post(&raw).await.unwrap_err();
        assert_eq!((error.kind(), raw.requests()), (ErrorKind::Transport, 1), "{error}");
        assert!(error.outcome_unknown());
    }
}

#[tokio::test(start_paused = true)]
async fn a_wrong_content_length_is_an_error() {
    for (length, good) in [(9, false), (10, true), (11, false), (1u64 << 40, false)] {
        let raw = Raw::answering(format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{THING}")).await;
        let result = post(&raw).await;
        assert_eq!(result.is_ok(), good, "{length}");
    }
    let raw = Raw::answering(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", 1u64 << 40)).await;
    let error = client(&raw).send(GetBytes::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge, "told before anything is read");
}

/// A body that is larger than the buffer of a socket.
fn large() -> Secret {
    Secret { request: "x".repeat(32 << 20) }
}

#[tokio::test]
async fn a_response_before_the_request_is_read_is_received() {
    const REFUSAL: &str =
        "HTTP/1.1 413 Payload Too Large\r\ncontent-length: 21\r\nconnection: close\r\n\r\n\n{\"message\":\"too big\"}";
    for body in [Secret::default(), large()] {
        // The connection stays open, and the server does not read from it.
        let raw = Raw::start(|mut wire| async move {
            wire.stream.read_exact(&mut [0; 1]).await?;
            wire.write(REFUSAL).await?;
            tokio::time::sleep(Duration::from_secs(3600)).await;
            Ok(())
        })
        .await;
        let error = client(&raw).send(Post { body, ..Post::default() }).await.unwrap_err();
        assert_eq!((error.kind(), error.api().unwrap().message()), (ErrorKind::Api, "too big"), "{error}");
        assert_eq!((error.status().unwrap().as_u16(), raw.connections()), (413, 1));
        assert!(!error.outcome_unknown());
    }
    // If the server answers and closes at once, the response is read, or the connection is lost before or after the request is
    // sent. A hang or a success would be wrong.
    let raw = Raw::start(|mut wire| async move {
        wire.write(REFUSAL).await?;
        wire.stream.read(&mut [0; 1]).await.map(drop)
    })
    .await;
    let error = post(&raw).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Api | ErrorKind::Transport | ErrorKind::Connect), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_reset_while_the_request_is_sent_is_an_error() {
    let raw = Raw::start(|mut wire| async move {
        wire.stream.read_exact(&mut [0; 1000]).await?;
        wire.stream.set_zero_linger()
    })
    .await;
    let error = client(&raw).send(Post { body: large(), ..Post::default() }).await.unwrap_err();
    assert_eq!((error.kind(), raw.connections()), (ErrorKind::Transport, 1), "{error}");
    assert!(error.outcome_unknown(), "what had arrived may have been enough");
    let error = client(&raw).send(Put { body: large(), ..Put::default() }).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), raw.connections()), (ErrorKind::Transport, 4, 5), "{error}");
}

#[tokio::test(start_paused = true)]
async fn credentials_stay_with_their_host() {
    let other = Raw::answering(CHUNKED).await;
    for code in [301, 302, 303, 307, 308] {
        let location = format!("http://{}/elsewhere", other.address);
        let raw =
            Raw::answering(format!("HTTP/1.1 {code} Moved\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n")).await;
        let error = post(&raw).await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), code);
        assert!(error.to_string().contains("redirect to 127.0.0.1, which is not followed"), "{error}");
    }
    assert_eq!(other.connections(), 0);
}

#[tokio::test(start_paused = true)]
async fn connections_are_reused() {
    let raw = Raw::start(|mut wire| async move {
        loop {
            let request = wire.request().await?;
            assert!(request.contains("authorization: Basic a2V5LXNlY3JldDo="), "{request}");
            wire.write(LENGTH).await?;
        }
    })
    .await;
    let client = client(&raw);
    for _ in 0..5 {
        client.send(Post::default()).await.unwrap();
    }
    assert_eq!((raw.connections(), raw.requests()), (1, 5));
}

#[tokio::test(start_paused = true)]
async fn a_pooled_connection_that_the_server_closed_is_replaced() {
    let raw = Raw::answering(LENGTH).await;
    let client = client(&raw);
    for _ in 0..5 {
        client.send(Post::default()).await.unwrap();
    }
    assert_eq!((raw.connections(), raw.requests()), (5, 5));
}

#[tokio::test(start_paused = true)]
async fn dropping_a_call_closes_its_connection() {
    let (closed, is_closed) = tokio::sync::oneshot::channel();
    let closed = Arc::new(Mutex::new(Some(closed)));
    let raw = Raw::start(move |mut wire| {
        let closed = closed.lock().unwrap().take();
        async move {
            wire.request().await?;
            wire.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n\n\r\n").await?;
            let end = wire.stream.read(&mut [0; 1]).await;
            closed.unwrap().send(matches!(end, Ok(0) | Err(_))).unwrap();
            Ok(())
        }
    })
    .await;
    let client = client(&raw);
    let beaten = Arc::new(tokio::sync::Notify::new());
    let notify = Arc::clone(&beaten);
    let call = client.send(Post::default()).on_heartbeat(move |_| notify.notify_one()).into_future();
    tokio::select! {
        _ = call => panic!("there is no answer"),
        () = beaten.notified() => {}
    }
    assert!(is_closed.await.unwrap(), "the server sees the end, and the client is still alive");
}

#[tokio::test(start_paused = true)]
async fn a_hundred_calls_leave_no_connection_open() {
    let raw = Raw::start(|mut wire| async move {
        loop {
            wire.request().await?;
            wire.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n\n\r\n").await?;
            tokio::time::sleep(Duration::from_secs(10)).await;
            wire.write("a\r\n{\"id\":\"1\"}\r\n0\r\n\r\n").await?;
        }
    })
    .await;
    let client = client(&raw);
    let tasks = tokio::runtime::Handle::current().metrics();
    let calls: Vec<_> = (0..100)
        .map(|index| {
            let call = client.send(Get::default()).into_future();
            let patience = Duration::from_secs(if index % 2 == 0 { 5 } else { 60 });
            tokio::spawn(async move { tokio::time::timeout(patience, call).await.is_ok_and(|answer| answer.is_ok()) })
        })
        .collect();
    let mut answered = 0;
    for call in calls {
        answered += usize::from(call.await.unwrap());
    }
    assert_eq!((answered, raw.requests()), (50, 100));
    drop(client);
    tokio::time::sleep(Duration::from_secs(120)).await;
    assert_eq!(raw.open(), 0, "every connection is closed");
    assert_eq!(tasks.num_alive_tasks(), 1, "and only the listener's task is left");
}

#[tokio::test(start_paused = true)]
async fn a_server_without_tls_is_a_connect_error() {
    let raw = Raw::start(|mut wire| async move { wire.write("HTTP/1.1 400 Bad Request\r\n\r\n").await }).await;
    let url = format!("https://{}", raw.address);
    // On a machine without root certificates the client reports them.
    let Ok(client) = builder().base_url(url).build() else { return };
    let error = client.send(Post::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 4));
    assert!(!error.outcome_unknown());
    assert!(
        error.to_string().contains("InvalidContentType") || error.to_string().contains("corrupt message"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn connecting_has_a_time_limit() {
    let held = Raw::start(|wire| async move {
        tokio::time::sleep(Duration::from_secs(3600)).await;
        drop(wire);
        Ok(())
    })
    .await;
    let Ok(client) = builder().base_url(format!("https://{}", held.address)).build() else { return };
    let error = client.send(Post::default()).no_retry().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(error.is_timeout() && error.is_connect() && !error.outcome_unknown());
    assert!(error.to_string().contains("not connected within 10s (setting `connect_timeout`)"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_download_is_not_changed() {
    let raw = Raw::answering("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n\n\r\n{}\n").await;
    let mut file = client(&raw).send(GetFile::default()).await.unwrap();
    assert_eq!(file.value.remaining(), Some(6));
    let mut bytes = Vec::new();
    while let Some(chunk) = file.value.try_next().await.unwrap() {
        bytes.extend_from_slice(&chunk);
    }
    assert_eq!(bytes, b"\n\r\n{}\n");
}
