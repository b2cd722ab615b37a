//! Time limits while a large request body is sent.
#![cfg(feature = "transport")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;
mod transport_support;

use bytes::Bytes;
use stackone::{Client, Error, ErrorKind, TimeoutKind, stackone_operation};
use std::{future::IntoFuture, time::Duration};
use support::{THING, Thing, raw::Raw};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::{Instant, sleep},
};
use transport_support::{Https, answer, builder};

/// Larger than each buffer on the way.
const FILE: usize = 32 << 20;
const PAUSE: Duration = Duration::from_millis(800);
const SHORT: Duration = Duration::from_millis(400);

#[stackone_operation(method = "POST", path = "/files", response = Thing)]
struct UploadRequest {
    #[body(content_type = "application/octet-stream")]
    file: Bytes,
}

#[derive(Clone, Copy, PartialEq)]
enum Server {
    PausesOnce,
    StopsReading,
    ReadsAllAndNeverAnswers,
}

impl Server {
    async fn http1(self) -> (Client, Raw) {
        let raw = Raw::start(move |mut wire| async move {
            let (mut read, mut buffer) = (0, vec![0; 1 << 16]);
            // The head of the request is a part of it.
            while read < FILE {
                let count = wire.stream.read(&mut buffer).await?;
                if read <= FILE / 8 && FILE / 8 < read + count {
                    self.pause().await;
                }
                read += count;
            }
            self.answer().await;
            wire.stream
                .write_all(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{THING}", THING.len()).as_bytes())
                .await
        })
        .await;
        (builder().base_url(raw.url()).build().unwrap(), raw)
    }

    async fn http2(self) -> (Client, Https) {
        let https = Https::h2(move |request, respond| async move {
            let mut body = request.into_body();
            let mut read = 0;
            while let Some(chunk) = body.data().await {
                let count = chunk?.len();
                if read <= FILE / 8 && FILE / 8 < read + count {
                    self.pause().await;
                }
                read += count;
                body.flow_control().release_capacity(count)?;
            }
            assert_eq!(read, FILE);
            self.answer().await;
            answer(respond, THING)
        })
        .await;
        (https.client(), https)
    }

    async fn pause(self) {
        match self {
            Self::PausesOnce => sleep(PAUSE).await,
            Self::StopsReading => std::future::pending().await,
            Self::ReadsAllAndNeverAnswers => {}
        }
    }

    async fn answer(self) {
        if self == Self::ReadsAllAndNeverAnswers {
            std::future::pending::<()>().await;
        }
    }
}

async fn upload(client: &Client, header: Duration, idle: Duration) -> Result<(), Error> {
    let upload = UploadRequest::builder().file(vec![b'x'; FILE]).build();
    let call = client.send(upload).no_retry().header_timeout(header).idle_timeout(idle).into_future();
    call.await.map(|thing| assert_eq!(thing.value.id, "1"))
}

/// Runs a test with both protocols.
async fn each_protocol(server: Server, header: Duration, idle: Duration, check: impl Fn(Result<(), Error>)) {
    let (client, _server) = server.http1().await;
    check(upload(&client, header, idle).await);
    let (client, _server) = server.http2().await;
    check(upload(&client, header, idle).await);
}

const LONG: Duration = Duration::from_secs(60);

#[tokio::test]
async fn an_upload_may_take_longer_than_the_header_timeout() {
    let started = Instant::now();
    each_protocol(Server::PausesOnce, SHORT, LONG, |result| result.unwrap()).await;
    assert!(started.elapsed() > PAUSE);
}

#[tokio::test]
async fn a_server_that_stops_reading_is_idle() {
    each_protocol(Server::StopsReading, LONG, SHORT, |result| {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Idle));
        assert!(error.outcome_unknown());
        let message = "upload: the server took no byte of the request for 400ms (setting `idle_timeout`)";
        assert_eq!(error.to_string(), message);
    })
    .await;
}

#[tokio::test]
async fn the_header_timeout_starts_when_the_request_has_been_sent() {
    each_protocol(Server::ReadsAllAndNeverAnswers, SHORT, LONG, |result| {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Header));
        assert!(error.elapsed() < LONG);
    })
    .await;
}
