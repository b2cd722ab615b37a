//! An HTTP server that answers the operations of the examples as the API does.
//!
//! The server checks the method, the path, the API key, the headers and the body. Its error responses have the format of the
//! API. For `Prefer: heartbeat` it sends the status at once, then newlines, and the JSON at the end.

mod routes;

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Method, Request, Response, StatusCode,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};
use http_body_util::{BodyExt, Channel, Full, combinators::BoxBody};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
};
use routes::Answer;
use serde_json::Value;
use std::{
    convert::Infallible,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{net::TcpListener, task::JoinHandle};

/// The only API key that the server accepts.
const API_KEY: &str = "stand-in-key";
/// The only linked account.
const ACCOUNT_ID: &str = "stand-in-account";

/// How the server responds to `Prefer: heartbeat`.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The number of newlines before the JSON. Default: 8.
    pub heartbeats: u32,
    /// The time between two newlines. Default: 250 milliseconds.
    pub interval: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { heartbeats: 8, interval: Duration::from_millis(250) }
    }
}

/// A request that the server received.
#[derive(Debug, Clone)]
pub struct Received {
    /// The method.
    pub method: Method,
    /// The path and the query, as they were sent.
    pub target: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// The running server. It stops when this value is dropped.
#[derive(Debug)]
pub struct StandIn {
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    accepting: JoinHandle<()>,
}

impl StandIn {
    /// Starts the server on a free loopback port.
    ///
    /// # Errors
    ///
    /// The server cannot listen on a port.
    pub async fn start(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let received = Arc::default();
        let accepting = tokio::spawn(accept(listener, options, Arc::clone(&received)));
        Ok(Self { address, received, accepting })
    }

    /// The base URL for a client.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The only API key that the server accepts.
    #[must_use]
    pub fn api_key(&self) -> &'static str {
        API_KEY
    }

    /// The only linked account.
    #[must_use]
    pub fn account_id(&self) -> &'static str {
        ACCOUNT_ID
    }

    /// The requests that the server has received.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, options: Options, received: Arc<Mutex<Vec<Received>>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let received = Arc::clone(&received);
        tokio::spawn(async move {
            let service = hyper::service::service_fn(move |request| answer(request, options, Arc::clone(&received)));
            // Some tests close the connection during the response, which is an error here.
            let _ = auto::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

type Body = BoxBody<Bytes, Infallible>;

async fn answer(
    request: Request<Incoming>,
    options: Options,
    received: Arc<Mutex<Vec<Received>>>,
) -> Result<Response<Body>, hyper::Error> {
    let (head, body) = request.into_parts();
    let request = Received {
        method: head.method,
        target: head.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
        headers: head.headers,
        body: body.collect().await?.to_bytes(),
    };
    let response = match routes::answer(&request) {
        Answer::Json(status, json) if asks_for_heartbeats(&request.headers) => with_heartbeats(options, status, json),
        Answer::Error(status, json) | Answer::Json(status, json) => whole(status, &json),
        Answer::File(content) => file(content),
    };
    received.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    Ok(response)
}

fn asks_for_heartbeats(headers: &HeaderMap) -> bool {
    headers
        .get_all("prefer")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|preference| preference.trim().eq_ignore_ascii_case("heartbeat"))
}

fn json_response(status: StatusCode, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert("x-request-id", HeaderValue::from_static("req_stand_in"));
    response
}

fn whole(status: StatusCode, json: &Value) -> Response<Body> {
    json_response(status, Full::from(json.to_string()).boxed())
}

fn file(content: &'static str) -> Response<Body> {
    let mut response = Response::new(Full::from(content).boxed());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"contract.txt\""));
    response
}

/// Sends the status at once, then newlines, then the JSON.
fn with_heartbeats(options: Options, status: StatusCode, json: Value) -> Response<Body> {
    let (mut sender, body) = Channel::new(1);
    tokio::spawn(async move {
        for _ in 0..options.heartbeats {
            tokio::time::sleep(options.interval).await;
            // The client may have closed the connection.
            if sender.send_data(Bytes::from_static(b"\n")).await.is_err() {
                return;
            }
        }
        let _ = sender.send_data(Bytes::from(json.to_string())).await;
    });
    let mut response = json_response(status, body.boxed());
    response.headers_mut().insert("preference-applied", HeaderValue::from_static("heartbeat"));
    response
}
