//! Streams that the program opens in place of TCP.
#![cfg(feature = "transport")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;
mod transport_support;

use bytes::Bytes;
use http::{Response, Uri};
use stackone::{Client, ErrorKind};
use std::{
    io,
    sync::{Arc, Mutex},
};
use support::{Post, THING};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use transport_support::builder;

async fn http1(mut server: DuplexStream) {
    let mut request = Vec::new();
    while !request.ends_with(b"}") {
        if server.read_buf(&mut request).await.unwrap() == 0 {
            return;
        }
    }
    let response = format!("HTTP/1.1 201 Created\r\ncontent-length: {}\r\n\r\n{THING}", THING.len());
    server.write_all(response.as_bytes()).await.unwrap();
}

async fn http2(server: DuplexStream) {
    let mut connection = h2::server::handshake(server).await.unwrap();
    while let Some(Ok((_, mut respond))) = connection.accept().await {
        let mut body = respond.send_response(Response::new(()), false).unwrap();
        body.send_data(Bytes::from(THING), true).unwrap();
    }
}

/// A client over streams in memory, and the URIs that it connected to.
fn client<F>(
    base_url: &str,
    serve: impl Fn(DuplexStream) -> F + Send + Sync + 'static,
) -> (Client, Arc<Mutex<Vec<Uri>>>)
where
    F: Future<Output = ()> + Send + 'static,
{
    let seen = Arc::new(Mutex::new(Vec::new()));
    let servers = Arc::clone(&seen);
    let builder = builder().base_url(base_url).connector(move |server| {
        servers.lock().unwrap().push(server);
        let (client, server) = duplex(1024);
        tokio::spawn(serve(server));
        async { Ok(client) }
    });
    let builder = if base_url.contains("h2") { builder.http2_prior_knowledge() } else { builder };
    (builder.build().unwrap(), seen)
}

#[tokio::test(start_paused = true)]
async fn a_connector_opens_the_streams_of_each_protocol() {
    let (client, seen) = client("http://a.example:81/prefix", http1);
    assert_eq!(client.send(Post::default()).await.unwrap().value.id, "1");
    assert_eq!(*seen.lock().unwrap(), ["http://a.example:81/"]);

    let (client, seen) = self::client("http://h2.example", http2);
    for _ in 0..2 {
        assert_eq!(client.send(Post::default()).await.unwrap().value.id, "1");
    }
    assert_eq!(*seen.lock().unwrap(), ["http://h2.example/"], "one connection has both requests");
}

#[tokio::test(start_paused = true)]
async fn an_error_of_a_connector_means_that_nothing_was_sent() {
    let client = builder()
        .base_url("http://a.example")
        .connector(|_| async { Err::<DuplexStream, _>(io::Error::other("the tunnel is down")) });
    let error = client.build().unwrap().send(Post::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.outcome_unknown()), (ErrorKind::Connect, 4, false));
    let message = "cannot connect to a.example:80: the tunnel is down";
    assert!(error.to_string().contains(message), "{error}");
}

#[tokio::test(start_paused = true)]
async fn the_connect_timeout_limits_a_connector() {
    let client =
        builder().base_url("https://a.example").connector(|_| std::future::pending::<io::Result<DuplexStream>>());
    let error = client.build().unwrap().send(Post::default()).no_retry().await.unwrap_err();
    assert_eq!((error.kind(), error.elapsed().as_secs()), (ErrorKind::Connect, 10));
}
