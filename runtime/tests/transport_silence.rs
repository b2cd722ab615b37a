//! Connections that fall silent: no reset arrives, and packets are lost.
#![cfg(feature = "transport")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;
mod transport_support;

use stackone::{Client, ErrorKind, TimeoutKind};
use std::{
    future::IntoFuture,
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};
use support::{Get, Post, Secret, THING, raw::Raw};
use tokio::{
    io::AsyncReadExt,
    net::{TcpListener, TcpStream},
    time::{pause, sleep, timeout},
};
use transport_support::{Certified, H2, HTTP1, Https, answer, builder};

/// A network between a client and a server. It can lose what is sent on the connections that are open.
struct Network {
    port: u16,
    connections: Arc<AtomicUsize>,
    /// The connections up to this number are silent.
    silent: Arc<AtomicUsize>,
}

impl Network {
    async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let [connections, silent] = [(); 2].map(|()| Arc::new(AtomicUsize::new(0)));
        let network = Self { port: listener.local_addr().unwrap().port(), connections, silent };
        let (connections, silent) = (Arc::clone(&network.connections), Arc::clone(&network.silent));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let number = connections.fetch_add(1, SeqCst) + 1;
                let server = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                tokio::spawn(carry(client, server, number, Arc::clone(&silent)));
            }
        });
        network
    }

    /// Loses what is sent from now on, on each connection that is open.
    fn fall_silent(&self) {
        self.silent.store(self.connections.load(SeqCst), SeqCst);
    }

    fn client(&self, server: &Https) -> Client {
        server.client_with(|builder| builder.base_url(format!("https://localhost:{}", self.port)))
    }
}

async fn carry(client: TcpStream, server: TcpStream, number: usize, silent: Arc<AtomicUsize>) -> io::Result<()> {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let mut buffers = [[0; 4096]; 2];
    let [up, down] = &mut buffers;
    loop {
        tokio::select! {
            read = from_client.read(up) => {
                let read = read?;
                if silent.load(SeqCst) >= number { continue_if(read).await?; continue }
                if read == 0 { return Ok(()) }
                tokio::io::AsyncWriteExt::write_all(&mut to_server, &up[..read]).await?;
            }
            read = from_server.read(down) => {
                let read = read?;
                if silent.load(SeqCst) >= number { continue_if(read).await?; continue }
                if read == 0 { return Ok(()) }
                tokio::io::AsyncWriteExt::write_all(&mut to_client, &down[..read]).await?;
            }
        }
    }
}

/// A silent connection stays open after one side has closed it.
async fn continue_if(read: usize) -> io::Result<()> {
    if read == 0 {
        sleep(Duration::from_secs(3600)).await;
    }
    Ok(())
}

async fn things(protocols: &'static [&'static [u8]]) -> Https {
    Https::start(Certified::new(protocols), move |mut stream, _| async move {
        if protocols == H2 {
            let mut connection = h2::server::handshake(stream).await.map_err(io::Error::other)?;
            while let Some(Ok((_, respond))) = connection.accept().await {
                answer(respond, THING).map_err(io::Error::other)?;
            }
            return Ok(());
        }
        loop {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await?);
            }
            let response = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{THING}", THING.len());
            tokio::io::AsyncWriteExt::write_all(&mut stream, response.as_bytes()).await?;
        }
    })
    .await
}

/// Pings find a dead HTTP/2 connection long before the header timeout of 75 seconds.
#[tokio::test]
async fn a_silent_http2_connection_is_found_within_30_seconds() {
    let server = things(H2).await;
    let network = Network::to(server.port).await;
    let client = network.client(&server);
    client.send(Get::default()).await.unwrap();
    network.fall_silent();
    pause();
    let thing = client.send(Get::default()).await.unwrap();
    assert_eq!((thing.attempts(), thing.elapsed().as_secs(), server.connections()), (2, 30, 2));
    network.fall_silent();
    let error = client.send(Post::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.elapsed().as_secs()), (ErrorKind::Transport, 30), "{error}");
    assert!(error.outcome_unknown());
}

#[tokio::test]
async fn a_connection_is_not_used_again_after_a_timeout() {
    for protocols in [H2, HTTP1] {
        let server = things(protocols).await;
        let network = Network::to(server.port).await;
        let client = network.client(&server);
        client.send(Get::default()).await.unwrap();
        network.fall_silent();
        let thing = client.send(Get::default()).header_timeout(Duration::from_millis(100)).await.unwrap();
        assert_eq!((thing.attempts(), server.connections()), (2, 2), "{protocols:?}");
    }
}

#[tokio::test]
async fn a_connection_is_not_used_again_after_the_deadline_or_a_dropped_call() {
    for protocols in [H2, HTTP1] {
        let server = things(protocols).await;
        let network = Network::to(server.port).await;
        let client = network.client(&server);
        client.send(Get::default()).await.unwrap();
        network.fall_silent();
        let error = client.send(Get::default()).timeout(Duration::from_millis(100)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout(TimeoutKind::Overall));
        client.send(Get::default()).timeout(Duration::from_secs(5)).await.unwrap();
        network.fall_silent();
        let call = client.send(Get::default()).into_future();
        timeout(Duration::from_millis(100), call).await.unwrap_err();
        client.send(Get::default()).timeout(Duration::from_secs(5)).await.unwrap();
        assert_eq!(server.connections(), 3, "{protocols:?}");
    }
}

/// The idle connections of a pool die together when the network changes.
#[tokio::test]
async fn a_timeout_closes_the_idle_connections_from_before() {
    let server = things(HTTP1).await;
    let network = Network::to(server.port).await;
    let client = network.client(&server);
    let calls: Vec<_> = (0..5).map(|_| tokio::spawn(client.send(Get::default()).into_future())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let connections = server.connections();
    network.fall_silent();
    let thing = client.send(Get::default()).header_timeout(Duration::from_millis(100)).await.unwrap();
    assert_eq!((thing.attempts(), server.connections()), (2, connections + 1));
}

#[tokio::test]
async fn a_connection_is_not_used_again_after_the_idle_timeout() {
    let server = Https::h2(|_, mut respond| async move {
        let mut body = respond.send_response(http::Response::new(()), false)?;
        body.send_data("\n".into(), false)?;
        sleep(Duration::from_secs(3600)).await;
        body.send_data("".into(), true)
    })
    .await;
    let client = server.client();
    let call = client.send(Get::default()).idle_timeout(Duration::from_millis(100));
    let error = call.await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout(TimeoutKind::Idle), 4));
    assert_eq!(server.connections(), 4);
}

/// The server does not read, and the buffers of both sides are full. No ping can be sent.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_connection_that_takes_no_data_is_found() {
    let stuck = Raw::start(|mut wire| async move {
        wire.stream.read_exact(&mut [0; 1]).await?;
        sleep(Duration::from_secs(3600)).await;
        Ok(())
    })
    .await;
    let client = builder().base_url(stuck.url()).tcp_keepalive(Duration::from_secs(1)).build().unwrap();
    let body = Secret { request: "x".repeat(32 << 20) };
    let error = client.send(Post { body, ..Post::default() }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    assert!(error.elapsed() < Duration::from_secs(20), "{error} after {:?}", error.elapsed());
    assert!(error.outcome_unknown());
}
