use super::{super::was_not_sent, *};
use bytes::Bytes;
use http::Version;
use rustls::{ClientConfig, RootCertStore, ServerConfig, crypto::ring};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

impl DefaultTransport {
    fn with_proxies(proxies: Option<Matcher>, timeout: Option<Duration>) -> Self {
        Self::with_tls(Tls::default(), proxies, timeout)
    }

    fn with_tls(tls: Tls, proxies: Option<Matcher>, timeout: Option<Duration>) -> Self {
        Self::over(Connector {
            tcp: tcp::connector(GaiResolver::new(), timeout, None),
            dial: None,
            http2_prior_knowledge: false,
            proxies: proxies.map(Arc::new),
            tls: Arc::new(tls),
            timeout,
        })
    }
}

async fn head(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    String::from_utf8(head).unwrap()
}

/// The request that a proxy gets for a URI, and the result of the call after the response of the proxy.
async fn call_through_proxy(uri: &str, answer: &'static str) -> (String, Result<u16, BoxError>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = format!("http://user:proxy-secret@{}", listener.local_addr().unwrap());
    let proxies = Matcher::builder().all(proxy).build();
    let mut transport = DefaultTransport::with_proxies(Some(proxies), Some(Duration::from_secs(5)));
    let call = tokio::spawn(transport.call(get(uri)));
    let (mut stream, _) = listener.accept().await.unwrap();
    let asked = head(&mut stream).await;
    stream.write_all(answer.as_bytes()).await.unwrap();
    (asked, call.await.unwrap().map(|response| response.status().as_u16()))
}

#[tokio::test]
async fn plain_http_goes_through_a_proxy_in_absolute_form() {
    let answer = "HTTP/1.1 204 No Content\r\n\r\n";
    let (asked, result) = call_through_proxy("http://api.invalid/a?b=c", answer).await;
    assert!(asked.starts_with("GET http://api.invalid/a?b=c HTTP/1.1\r\n"), "{asked}");
    assert!(asked.contains("proxy-authorization: Basic dXNlcjpwcm94eS1zZWNyZXQ=\r\n"), "{asked}");
    assert_eq!(result.unwrap(), 204);
}

#[tokio::test]
async fn https_goes_through_a_tunnel() {
    let answer = "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n";
    let transport = DefaultTransport::new(Settings::default()).unwrap();
    if transport.prepare_tls().is_err() {
        // The machine has no root certificates.
        return;
    }
    let (asked, result) = call_through_proxy("https://api.invalid/a?b=secret", answer).await;
    assert!(asked.starts_with("CONNECT api.invalid:443 HTTP/1.1\r\n"), "{asked}");
    assert!(asked.to_lowercase().contains("proxy-authorization: basic dxnlcjpwcm94es1zzwnyzxq=\r\n"), "{asked}");
    assert!(!asked.contains("secret"), "the request is only visible inside TLS");
    let error = result.unwrap_err();
    assert!(was_not_sent(error.as_ref()));
    assert!(!format!("{error:?}").contains("proxy-secret"));
}

#[tokio::test]
async fn a_host_that_needs_no_proxy_is_called_directly() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxies = Matcher::builder().all("http://proxy.invalid").no("127.0.0.1").build();
    let mut transport = DefaultTransport::with_proxies(Some(proxies), None);
    let call = tokio::spawn(transport.call(get(&format!("http://{}/a", listener.local_addr().unwrap()))));
    let (mut stream, _) = listener.accept().await.unwrap();
    assert!(head(&mut stream).await.starts_with("GET /a HTTP/1.1\r\n"));
    stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
    assert_eq!(call.await.unwrap().unwrap().status(), 204);
}

#[tokio::test]
async fn a_proxy_with_another_scheme_is_refused() {
    let proxies = Matcher::builder().all("socks5://127.0.0.1:1").build();
    let mut transport = DefaultTransport::with_proxies(Some(proxies), None);
    let error = transport.call(get("http://api.invalid/")).await.map(drop).unwrap_err();
    assert!(was_not_sent(error.as_ref()));
    assert!(format!("{error:?}").contains("neither http:// nor https://"), "{error:?}");
}

/// A server with a certificate for `localhost`, and a client that trusts only this certificate.
fn certified(protocols: &[&[u8]]) -> (TlsAcceptor, Tls) {
    let rcgen::CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let provider = Arc::new(ring::default_provider());
    let mut server = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    server.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    let mut roots = RootCertStore::empty();
    roots.add(cert.der().clone()).unwrap();
    let client = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    (TlsAcceptor::from(Arc::new(server)), Tls::of(client))
}

/// Answers one request with 204 in the negotiated protocol.
async fn serve(acceptor: TlsAcceptor, stream: impl AsyncRead + AsyncWrite + Unpin) {
    let mut stream = acceptor.accept(stream).await.unwrap();
    if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
        let mut connection = h2::server::handshake(stream).await.unwrap();
        while let Some(Ok((request, mut respond))) = connection.accept().await {
            assert_eq!(request.uri().path(), "/a");
            let response = Response::builder().status(204).body(()).unwrap();
            respond.send_response(response, true).unwrap();
        }
    } else {
        let mut head = [0; 1024];
        let read = stream.read(&mut head).await.unwrap();
        assert!(head[..read].starts_with(b"GET /a HTTP/1.1\r\n"));
        stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
    }
}

fn get(uri: &str) -> Request<RequestBody> {
    let mut request = Request::new(RequestBody::from(Bytes::new()));
    *request.uri_mut() = uri.parse().unwrap();
    request
}

#[tokio::test]
async fn an_empty_body_is_declared_where_one_is_expected() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}/a", listener.local_addr().unwrap());
    let cases = [
        (Method::POST, "", Some("0")),
        (Method::PUT, "", Some("0")),
        (Method::PATCH, "", Some("0")),
        (Method::POST, "body", Some("4")),
        (Method::DELETE, "body", Some("4")),
        (Method::GET, "", None),
        (Method::HEAD, "", None),
        (Method::DELETE, "", None),
        (Method::OPTIONS, "", None),
    ];
    for (method, body, length) in cases {
        let mut request = get(&uri).map(|_| RequestBody::from(Bytes::from_static(body.as_bytes())));
        *request.method_mut() = method.clone();
        let call = tokio::spawn(DefaultTransport::with_proxies(None, None).call(request));
        let (mut stream, _) = listener.accept().await.unwrap();
        let head = head(&mut stream).await;
        let lengths: Vec<_> = head.lines().filter_map(|line| line.strip_prefix("content-length: ")).collect();
        assert_eq!(lengths, Vec::from_iter(length), "{method} {body:?}");
        assert!(!head.contains("transfer-encoding"), "{method} {body:?}");
        stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
        assert_eq!(call.await.unwrap().unwrap().status(), 204);
    }
}

#[tokio::test]
async fn tls_negotiates_the_version_of_http() {
    for (protocols, version) in [(&[b"h2" as &[u8], b"http/1.1"][..], Version::HTTP_2), (&[], Version::HTTP_11)] {
        let (acceptor, tls) = certified(protocols);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move { serve(acceptor, listener.accept().await.unwrap().0).await });
        let mut transport = DefaultTransport::with_tls(tls, None, None);
        let response = transport.call(get(&format!("https://localhost:{port}/a"))).await.unwrap();
        assert_eq!((response.status().as_u16(), response.version()), (204, version));
    }
}

#[tokio::test]
async fn tls_runs_through_a_tunnel() {
    let (acceptor, tls) = certified(&[b"h2"]);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxies = Matcher::builder().all(format!("http://{}", listener.local_addr().unwrap())).build();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        assert!(head(&mut stream).await.starts_with("CONNECT localhost:443 "));
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
        serve(acceptor, stream).await;
    });
    let response = DefaultTransport::with_tls(tls, Some(proxies), None).call(get("https://localhost/a")).await.unwrap();
    assert_eq!((response.status().as_u16(), response.version()), (204, Version::HTTP_2));
}

#[tokio::test]
async fn tls_runs_through_a_proxy_with_tls() {
    let (acceptor, tls) = certified(&[b"h2"]);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        let mut stream = acceptor.accept(listener.accept().await.unwrap().0).await.unwrap();
        assert_eq!(stream.get_ref().1.alpn_protocol(), None, "a proxy speaks HTTP/1.1");
        assert!(head(&mut stream).await.starts_with("CONNECT localhost:443 "));
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
        serve(acceptor, stream).await;
    });
    let proxies = Matcher::builder().all(proxy).build();
    let response = DefaultTransport::with_tls(tls, Some(proxies), None).call(get("https://localhost/a")).await.unwrap();
    assert_eq!((response.status().as_u16(), response.version()), (204, Version::HTTP_2));
}

#[tokio::test]
async fn plain_http_goes_through_a_proxy_with_tls() {
    let (acceptor, tls) = certified(&[]);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        let mut stream = acceptor.accept(listener.accept().await.unwrap().0).await.unwrap();
        assert!(head(&mut stream).await.starts_with("GET http://api.invalid/a HTTP/1.1\r\n"));
        stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
    });
    let proxies = Matcher::builder().all(proxy).build();
    let response =
        DefaultTransport::with_tls(tls, Some(proxies), None).call(get("http://api.invalid/a")).await.unwrap();
    assert_eq!(response.status(), 204);
}

#[tokio::test]
async fn an_untrusted_certificate_is_refused() {
    let (acceptor, _) = certified(&[b"h2"]);
    let (_, tls) = certified(&[b"h2"]);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { acceptor.accept(listener.accept().await.unwrap().0).await.map(drop) });
    let mut transport = DefaultTransport::with_tls(tls, None, None);
    let error = transport.call(get(&format!("https://localhost:{port}/a"))).await.map(drop).unwrap_err();
    assert!(was_not_sent(error.as_ref()));
    assert!(format!("{error:?}").contains("invalid peer certificate"), "{error:?}");
}
