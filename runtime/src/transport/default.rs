//! The default transport: hyper-util's pooled client.

use super::{connect::Connector, tls::Tls};
use bytes::Bytes;
use http::{Request, Response, header, uri::Scheme};
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use hyper_util::{
    client::{
        legacy::{Client, Error, ResponseFuture, connect::HttpConnector},
        proxy::matcher::Matcher,
    },
    rt::{TokioExecutor, TokioTimer},
};
use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tower::Service;

/// The settings of the default transport.
pub(crate) struct Settings {
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) proxy: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { connect_timeout: Some(Duration::from_secs(10)), proxy: true }
    }
}

/// HTTP/1.1 and HTTP/2 over pooled connections. It follows no redirects, and it sends a request again only if the
/// pooled connection it had chosen was closed before a byte of it was written.
#[derive(Clone)]
pub(crate) struct DefaultTransport {
    client: Client<Connector, Whole>,
    proxies: Option<Arc<Matcher>>,
    tls: Arc<Tls>,
}

impl DefaultTransport {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self::through(settings.proxy.then(Matcher::from_env), settings.connect_timeout)
    }

    fn through(proxies: Option<Matcher>, timeout: Option<Duration>) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        // A request goes out in one piece; waiting for more to send only delays it.
        tcp.set_nodelay(true);
        let proxies = proxies.map(Arc::new);
        let tls = Arc::new(Tls::default());
        let connector = Connector { tcp, proxies: proxies.clone(), tls: Arc::clone(&tls), timeout };
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .build(connector);
        Self { client, proxies, tls }
    }

    /// Reads what TLS needs, so that its absence is told early.
    pub(crate) fn prepare_tls(&self) -> Result<(), rustls::Error> {
        self.tls.configs().map(|_| ())
    }

    /// Inside a tunnel a proxy's credentials are not needed; without one they go with each request.
    fn authorize_at_proxy(&self, request: &mut Request<Whole>) {
        if request.uri().scheme() != Some(&Scheme::HTTP) {
            return;
        }
        let Some(proxy) = self.proxies.as_ref().and_then(|proxies| proxies.intercept(request.uri())) else { return };
        if let Some(credentials) = proxy.basic_auth() {
            request.headers_mut().insert(header::PROXY_AUTHORIZATION, credentials.clone());
        }
    }
}

impl Service<Request<Whole>> for DefaultTransport {
    type Response = Response<Incoming>;
    type Error = Error;
    type Future = ResponseFuture;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<Whole>) -> ResponseFuture {
        self.authorize_at_proxy(&mut request);
        self.client.request(request)
    }
}

/// A request body that is all there.
pub(crate) struct Whole(Option<Bytes>);

impl From<Bytes> for Whole {
    fn from(bytes: Bytes) -> Self {
        Self(Some(bytes).filter(|bytes| !bytes.is_empty()))
    }
}

impl Body for Whole {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
    };

    async fn head(stream: &mut TcpStream) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        String::from_utf8(head).unwrap()
    }

    /// What a proxy is asked for a URI, and what becomes of the call after the proxy's answer.
    async fn ask(uri: &str, answer: &'static str) -> (String, Result<u16, Error>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = format!("http://user:proxy-secret@{}", listener.local_addr().unwrap());
        let proxies = Matcher::builder().all(proxy).build();
        let mut transport = DefaultTransport::through(Some(proxies), Some(Duration::from_secs(5)));
        let mut request = Request::new(Whole::from(Bytes::new()));
        *request.uri_mut() = uri.parse().unwrap();
        let call = tokio::spawn(transport.call(request));
        let (mut stream, _) = listener.accept().await.unwrap();
        let asked = head(&mut stream).await;
        stream.write_all(answer.as_bytes()).await.unwrap();
        (asked, call.await.unwrap().map(|response| response.status().as_u16()))
    }

    #[tokio::test]
    async fn plain_http_goes_through_a_proxy_in_absolute_form() {
        let answer = "HTTP/1.1 204 No Content\r\n\r\n";
        let (asked, result) = ask("http://api.invalid/a?b=c", answer).await;
        assert!(asked.starts_with("GET http://api.invalid/a?b=c HTTP/1.1\r\n"), "{asked}");
        assert!(asked.contains("proxy-authorization: Basic dXNlcjpwcm94eS1zZWNyZXQ=\r\n"), "{asked}");
        assert_eq!(result.unwrap(), 204);
    }

    #[tokio::test]
    async fn https_goes_through_a_tunnel() {
        let answer = "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n";
        let transport = DefaultTransport::new(&Settings::default());
        if transport.prepare_tls().is_err() {
            // A machine without root certificates.
            return;
        }
        let (asked, result) = ask("https://api.invalid/a?b=secret", answer).await;
        assert!(asked.starts_with("CONNECT api.invalid:443 HTTP/1.1\r\n"), "{asked}");
        assert!(asked.to_lowercase().contains("proxy-authorization: basic dxnlcjpwcm94es1zzwnyzxq=\r\n"), "{asked}");
        assert!(!asked.contains("secret"), "nothing of the request is seen outside TLS");
        let error = result.unwrap_err();
        assert!(error.is_connect());
        assert!(!format!("{error:?}").contains("proxy-secret"));
    }

    #[tokio::test]
    async fn a_host_that_needs_no_proxy_is_called_directly() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxies = Matcher::builder().all("http://proxy.invalid").no("127.0.0.1").build();
        let mut transport = DefaultTransport::through(Some(proxies), None);
        let mut request = Request::new(Whole::from(Bytes::new()));
        *request.uri_mut() = format!("http://{}/a", listener.local_addr().unwrap()).parse().unwrap();
        let call = tokio::spawn(transport.call(request));
        let (mut stream, _) = listener.accept().await.unwrap();
        assert!(head(&mut stream).await.starts_with("GET /a HTTP/1.1\r\n"));
        stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
        assert_eq!(call.await.unwrap().unwrap().status(), 204);
    }

    #[tokio::test]
    async fn a_proxy_of_another_kind_is_refused() {
        let proxies = Matcher::builder().all("socks5://127.0.0.1:1").build();
        let mut transport = DefaultTransport::through(Some(proxies), None);
        let mut request = Request::new(Whole::from(Bytes::new()));
        *request.uri_mut() = "http://api.invalid/".parse().unwrap();
        let error = transport.call(request).await.unwrap_err();
        assert!(error.is_connect());
        assert!(format!("{error:?}").contains("neither http:// nor https://"), "{error:?}");
    }
}
