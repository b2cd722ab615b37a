//! The limits for the head of a response, over the default transport.
#![cfg(feature = "transport")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;
mod transport_support;

use bytes::Bytes;
use stackone::ErrorKind;
use support::{Get, Post, THING, raw::Raw};
use transport_support::{Https, builder};

fn head(headers: usize, value: &str) -> String {
    let headers = (0..headers).map(|index| format!("x-{index}: {value}\r\n")).collect::<Vec<_>>().concat();
    format!("HTTP/1.1 201 Created\r\ncontent-length: {}\r\n{headers}\r\n{THING}", THING.len())
}

#[tokio::test]
async fn a_head_of_many_headers_is_received_over_http1() {
    for (headers, length) in [(120, 10), (250, 10), (30, 16_000)] {
        let raw = Raw::answering(head(headers, &"v".repeat(length))).await;
        let client = builder().base_url(raw.url()).build().unwrap();
        assert_eq!(client.send(Post::default()).await.unwrap().headers().len(), headers + 1);
    }
}

#[tokio::test]
async fn an_error_names_the_limit_of_the_head_over_http1() {
    for (headers, length) in [(300, 1), (60, 20_000)] {
        let raw = Raw::answering(head(headers, &"v".repeat(length))).await;
        let client = builder().base_url(raw.url()).build().unwrap();
        let error = client.send(Get::default()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1), "another attempt gets the same head");
        assert!(error.to_string().contains("larger than the limit of 256 headers or 512 KiB"), "{error}");
        let error = client.send(Post::default()).await.unwrap_err();
        assert!(error.outcome_unknown(), "the status is in the head");
    }
}

/// An HTTP/2 server whose responses have one header of this many bytes.
async fn large_header(bytes: usize) -> Https {
    Https::h2(move |_, mut respond| async move {
        let head = http::Response::builder().status(201);
        // A header name and a value of 16,000 bytes each time.
        let head = (0..bytes / 16_000).fold(head, |head, index| head.header(format!("x-{index}"), "v".repeat(16_000)));
        let mut body = respond.send_response(head.body(()).unwrap(), false)?;
        body.send_data(Bytes::from_static(THING.as_bytes()), true)
    })
    .await
}

#[tokio::test]
async fn a_large_head_is_received_over_http2() {
    let server = large_header(480_000).await;
    assert_eq!(server.client().send(Post::default()).await.unwrap().headers().len(), 30);
}

#[tokio::test]
async fn an_error_names_the_limit_of_the_head_over_http2() {
    for bytes in [640_000, 12_000_000] {
        let server = large_header(bytes).await;
        let error = server.client().send(Get::default()).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1), "{bytes}: {error}");
        assert!(error.to_string().contains("larger than the limit of 256 headers or 512 KiB"), "{bytes}: {error}");
    }
}

/// h2 closes a connection with about 10,000 small data frames that are not read. Heartbeats are read as they arrive.
#[tokio::test]
async fn many_heartbeats_are_received_over_http2() {
    let server = Https::h2(|_, mut respond| async move {
        let mut body = respond.send_response(http::Response::new(()), false)?;
        for _ in 0..5 {
            for _ in 0..4000 {
                body.send_data(Bytes::from_static(b"\n"), false)?;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        body.send_data(Bytes::from_static(THING.as_bytes()), true)
    })
    .await;
    assert_eq!(server.client().send(Post::default()).await.unwrap().heartbeats(), 20_000);
}
