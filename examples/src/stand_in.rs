//! An HTTP server that answers `lms_create_user_assignment` and `lms_get_user` as the API does.
//!
//! The server checks the method, the path, the API key, the headers and the body. Its error responses have the format of the
//! API. For `Prefer: heartbeat` it sends the status 201 at once, then newlines, and the JSON at the end.

use bytes::Bytes;
use http::{
    HeaderMap, Method, Request, Response, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use http_body_util::{BodyExt, Channel, Full, combinators::BoxBody};
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
};
use serde_json::{Value, json};
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
/// The `Authorization` header for that key: `stand-in-key:` in base64 (HTTP Basic).
const AUTHORIZED: &str = "Basic c3RhbmQtaW4ta2V5Og==";
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
    let response = match check(&request) {
        Err((status, refusal)) => whole(status, &refusal),
        Ok(created) if asks_for_heartbeats(&request.headers) => with_heartbeats(options, created),
        Ok(document) if request.method == Method::GET => whole(StatusCode::OK, &document),
        Ok(created) => whole(StatusCode::CREATED, &created),
    };
    received.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    Ok(response)
}

/// Checks a request as the API does, in the same order. Returns the body of the response, or the status and body of an error.
fn check(request: &Received) -> Result<Value, (StatusCode, Value)> {
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
    let refuse = |status: StatusCode, message: &str| {
        let timestamp = "2026-01-01T00:00:00.000Z";
        Err((status, json!({"statusCode": status.as_u16(), "message": message, "timestamp": timestamp})))
    };
    if header(AUTHORIZATION.as_str()) != Some(AUTHORIZED) {
        return Err((StatusCode::UNAUTHORIZED, json!({"error": "Unauthorized: the API key is not known"})));
    }
    let user = request.target.strip_prefix("/unified/lms/users/");
    if let Some(user) = user.filter(|user| request.method == Method::GET && !user.is_empty() && !user.contains('/')) {
        return match header("x-account-id") {
            Some(ACCOUNT_ID) => Ok(json!({"data": {"id": user}})),
            _ => refuse(StatusCode::NOT_FOUND, "Account not found"),
        };
    }
    let user = user.and_then(|rest| rest.strip_suffix("/assignments"));
    let Some(user) = user.filter(|user| !user.is_empty() && !user.contains('/')) else {
        return refuse(StatusCode::NOT_FOUND, &format!("Cannot {} {}", request.method, request.target));
    };
    if request.method != Method::POST {
        return refuse(StatusCode::NOT_FOUND, &format!("Cannot {} {}", request.method, request.target));
    }
    if header("x-account-id") != Some(ACCOUNT_ID) {
        return refuse(StatusCode::NOT_FOUND, "Account not found");
    }
    if header(CONTENT_TYPE.as_str()) != Some("application/json") {
        return refuse(StatusCode::BAD_REQUEST, "The body is not JSON");
    }
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    if !body["learning_object_external_reference"].is_string() {
        return refuse(StatusCode::BAD_REQUEST, "learning_object_external_reference must be a string");
    }
    if user == "unknown" {
        return refuse(StatusCode::NOT_FOUND, "User not found");
    }
    Ok(json!({
        "statusCode": 201,
        "message": "Record created successfully.",
        "timestamp": "2026-01-01T00:00:00.000Z",
        "data": {"id": format!("asg_{user}"), "remote_id": null},
    }))
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
    response.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
    response.headers_mut().insert("x-request-id", http::HeaderValue::from_static("req_stand_in"));
    response
}

fn whole(status: StatusCode, json: &Value) -> Response<Body> {
    json_response(status, Full::from(json.to_string()).boxed())
}

/// Sends the status at once, then newlines, then the JSON.
fn with_heartbeats(options: Options, json: Value) -> Response<Body> {
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
    let mut response = json_response(StatusCode::CREATED, body.boxed());
    response.headers_mut().insert("preference-applied", http::HeaderValue::from_static("heartbeat"));
    response
}
