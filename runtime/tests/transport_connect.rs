//! Connecting over the default transport: sockets, TLS, and the errors of both.
#![cfg(feature = "transport")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;
mod transport_support;

use rcgen::{CertificateParams, DnType, date_time_ymd};
use rustls::{ServerConfig, crypto::ring, version::TLS12};
use stackone::{Client, ErrorKind, transport};
use std::{sync::Arc, time::Duration};
use support::{Get, Post, THING, raw::Raw};
use tokio::{net::TcpListener, time::Instant};
use transport_support::{Certified, HTTP1, Https, builder};

async fn error(client: &Client) -> (String, u32) {
    let error = client.send(Post::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(!error.outcome_unknown());
    (error.to_string(), error.attempts())
}

#[tokio::test]
async fn an_error_of_tcp_or_dns_is_one_line_with_host_and_port() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = builder().base_url(format!("http://{address}")).build().unwrap();
    let refused = format!(
        "create_thing: the request was not sent: cannot connect to {address}: Connection refused (os error 111) (after 4 attempts)"
    );
    if cfg!(target_os = "linux") {
        assert_eq!(error(&client).await.0, refused);
    }
    let client = builder().base_url("http://no-such-host.invalid").build().unwrap();
    let (message, attempts) = error(&client).await;
    assert!(message.contains("the request was not sent: cannot connect to no-such-host.invalid:80: "), "{message}");
    assert_eq!((attempts, message.matches("lookup").count()), (4, 1), "{message}");
}

/// The error names the host, the port and the reason, after one attempt.
async fn assert_refused(server: &Https, client: &Client, reason: &str) {
    let (message, attempts) = error(client).await;
    let prefix = format!("create_thing: the request was not sent: cannot connect to localhost:{}: ", server.port);
    assert!(message.starts_with(&prefix) && message.contains(reason), "{message}");
    assert_eq!((attempts, server.connections()), (1, 1), "another attempt cannot help");
}

async fn idle(certified: Certified) -> Https {
    Https::start(certified, |stream, _| async {
        drop(stream);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_untrusted_certificate_is_named_after_one_attempt() {
    let server = idle(Certified::new(HTTP1)).await;
    let mut params = CertificateParams::new(["other.example".to_owned()]).unwrap();
    params.distinguished_name.push(DnType::CommonName, "another issuer");
    let other = Certified::with(&params, HTTP1);
    let client = builder().base_url(server.url()).root_certificates(&other.root).build().unwrap();
    assert_refused(&server, &client, "invalid peer certificate: UnknownIssuer").await;
}

#[tokio::test]
async fn an_expired_certificate_is_named_after_one_attempt() {
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2021, 1, 1);
    let server = idle(Certified::with(&params, HTTP1)).await;
    assert_refused(&server, &server.client(), "certificate expired").await;
}

#[tokio::test]
async fn a_certificate_for_another_host_is_named_after_one_attempt() {
    let params = CertificateParams::new(["other.example".to_owned()]).unwrap();
    let server = idle(Certified::with(&params, HTTP1)).await;
    assert_refused(&server, &server.client(), "not valid for name \"localhost\"").await;
}

#[tokio::test]
async fn a_server_without_a_common_version_is_named_after_one_attempt() {
    // A record of TLS 1.0 with an alert: fatal, protocol_version.
    let alert = [21, 3, 1, 0, 2, 2, 70];
    let server = Raw::start(move |mut wire| async move {
        tokio::io::AsyncReadExt::read(&mut wire.stream, &mut [0; 4096]).await?;
        wire.write(alert).await
    })
    .await;
    let certificate = Certified::new(HTTP1).root;
    let url = format!("https://{}", server.address);
    let client = builder().base_url(url).root_certificates(certificate).build().unwrap();
    let (message, attempts) = error(&client).await;
    assert!(message.contains(&format!("cannot connect to {}: received fatal alert: ", server.address)), "{message}");
    assert_eq!((attempts, server.connections()), (1, 1), "{message}");
}

#[tokio::test]
async fn a_client_certificate_is_sent_to_a_server_that_asks_for_one() {
    let key = rcgen::KeyPair::generate().unwrap();
    let params = CertificateParams::new(["client.example".to_owned()]).unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate.der().clone()).unwrap();
    let provider = Arc::new(ring::default_provider());
    let verifier = rustls::server::WebPkiClientVerifier::builder_with_provider(roots.into(), provider.clone());
    let own = rcgen::KeyPair::generate().unwrap();
    let own_certificate = CertificateParams::new(["localhost".to_owned()]).unwrap().self_signed(&own).unwrap();
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS12])
        .unwrap()
        .with_client_cert_verifier(verifier.build().unwrap())
        .with_single_cert(
            vec![own_certificate.der().clone()],
            rustls::pki_types::PrivateKeyDer::try_from(own.serialize_der()).unwrap(),
        )
        .unwrap();
    let root = transport_support::pem("CERTIFICATE", own_certificate.der());
    let server = Https::start(Certified { config, root }, |mut stream, _| async move {
        let response = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{THING}", THING.len());
        tokio::io::AsyncReadExt::read(&mut stream, &mut [0; 4096]).await?;
        tokio::io::AsyncWriteExt::write_all(&mut stream, response.as_bytes()).await
    })
    .await;
    let (message, attempts) = error(&server.client()).await;
    assert!(message.contains("received fatal alert") && attempts == 1, "{message}");
    let chain = transport_support::pem("CERTIFICATE", certificate.der());
    let key = transport_support::pem("PRIVATE KEY", &key.serialize_der());
    let client = server.client_with(|builder| builder.client_certificate(chain, key));
    client.send(Post::default()).await.unwrap();
}

#[test]
fn certificates_that_cannot_be_read_are_errors_of_their_setting() {
    let secret = "-----BEGIN PRIVATE KEY-----\nsecret!\n-----END PRIVATE KEY-----";
    let certificate = Certified::new(HTTP1).root;
    let [key, other_key] = [(); 2].map(|()| rcgen::KeyPair::generate().unwrap());
    let chain = CertificateParams::default().self_signed(&key).unwrap();
    let chain = transport_support::pem("CERTIFICATE", chain.der());
    let other_key = transport_support::pem("PRIVATE KEY", &other_key.serialize_der());
    let no_certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
    let no_key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----";
    let cases = [
        (builder().root_certificates(no_certificate), "setting `root_certificates`: "),
        (builder().client_certificate(&chain, other_key), "setting `client_certificate`: "),
        (builder().client_certificate(&chain, no_key), "setting `client_certificate`: "),
        (builder().root_certificates("no PEM"), "setting `root_certificates`: there is no certificate in PEM"),
        (builder().root_certificates("-----BEGIN CERTIFICATE-----\n!"), "setting `root_certificates`: the PEM text"),
        (builder().client_certificate(&certificate, secret), "setting `client_certificate`: there is no private key"),
        (builder().client_certificate("", secret), "setting `client_certificate`: "),
    ];
    for (builder, message) in cases {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().starts_with(message) && !error.to_string().contains("secret"), "{error}");
    }
}

/// A call may take the connection that was opened for another one, which must then take the one that is opened for the first. The
/// calls are on threads of their own, so that they look for a connection at the same time.
#[test]
fn calls_at_the_same_time_open_a_connection_each_and_no_more() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    for _ in 0..50 {
        let all_are_sent = Arc::new(tokio::sync::Barrier::new(8));
        let server = runtime.block_on(Raw::start(move |mut wire| {
            let all_are_sent = Arc::clone(&all_are_sent);
            async move {
                wire.request().await?;
                all_are_sent.wait().await;
                wire.write(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{THING}", THING.len())).await
            }
        }));
        let client = builder().base_url(server.url()).build().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| runtime.block_on(client.send(Get::default())).unwrap());
            }
        });
        assert_eq!(server.connections(), 8);
    }
}

/// The timer of a socket, from the kernel's table of connections: 2 is keep-alive.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn sockets_have_keep_alive_unless_it_is_turned_off() {
    let response = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{THING}", THING.len());
    for (keepalive, timer) in [(None, "02:"), (Some(None), "00:"), (Some(Some(Duration::from_secs(60))), "02:")] {
        let response = response.clone();
        let server = Raw::start(move |mut wire| {
            let response = response.clone();
            async move {
                loop {
                    wire.request().await?;
                    wire.write(&response).await?;
                }
            }
        })
        .await;
        let builder = builder().base_url(server.url());
        let builder = match keepalive {
            None => builder,
            Some(keepalive) => builder.tcp_keepalive(keepalive),
        };
        let client = builder.build().unwrap();
        client.send(Get::default()).await.unwrap();
        let remote = format!(":{:04X} 01 ", server.address.port());
        let sockets = std::fs::read_to_string("/proc/net/tcp").unwrap();
        let socket = sockets.lines().find(|line| line.contains(&format!("0100007F{remote}"))).unwrap();
        let field = socket.split_whitespace().nth(5).unwrap();
        assert!(field.starts_with(timer), "{keepalive:?}: {socket}");
    }
}

#[tokio::test]
async fn a_permanent_error_of_another_transport_is_not_retried() {
    let attempts = Arc::new(std::sync::atomic::AtomicU32::new(0));
    let count = Arc::clone(&attempts);
    let service = tower::service_fn(move |_: http::Request<bytes::Bytes>| {
        count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async { Err::<http::Response<http_body_util::Empty<bytes::Bytes>>, _>(transport::NotSent::permanent("no way")) }
    });
    let client = Client::builder().base_url("http://127.0.0.1:1").build_with(service).unwrap();
    let start = Instant::now();
    let error = client.send(Get::default()).await.unwrap_err();
    assert_eq!((error.attempts(), attempts.load(std::sync::atomic::Ordering::SeqCst)), (1, 1));
    assert!(error.is_connect() && !error.is_retryable() && start.elapsed() < Duration::from_secs(1));
}
