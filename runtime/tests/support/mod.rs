//! Shared by the tests: operations, and a scripted server.
#![allow(dead_code, unreachable_pub, missing_docs, missing_debug_implementations, reason = "each test uses a part")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

pub mod raw;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use http_body::{Body, Frame};
use stackone::{Client, ClientBuilder, Prefer, page::List, stackone_operation, transport::NotSent};
use std::{
    collections::VecDeque,
    io,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::time::{Instant, Sleep, sleep};

pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Declares an operation on `/things` as users do. A method with a body sends a secret. The last arguments are keys of the
/// attribute, such as `response = Thing`.
macro_rules! operation {
    ($name:ident, $id:literal, "POST" $($keys:tt)*) => {
        operation! { @ $name, ($id, method = "POST" $($keys)*), #[body] body: Secret }
    };
    ($name:ident, $id:literal, "PUT" $($keys:tt)*) => {
        operation! { @ $name, ($id, method = "PUT" $($keys)*), #[body] body: Secret }
    };
    ($name:ident, $id:literal, "PATCH" $($keys:tt)*) => {
        operation! { @ $name, ($id, method = "PATCH" $($keys)*), #[body] body: Secret }
    };
    ($name:ident, $id:literal, "GET", next $($keys:tt)*) => {
        operation! { @ $name, ($id, method = "GET" $($keys)*), #[query(cursor)] next: Option<String> }
    };
    ($name:ident, $id:literal, $method:literal $($keys:tt)*) => {
        operation! { @ $name, ($id, method = $method $($keys)*), }
    };
    (@ $name:ident, ($id:literal, $($keys:tt)*), $(#[$($kind:tt)*] $field:ident: $type:ty)?) => {
        #[stackone_operation(id = $id, path = "/things", $($keys)*)]
        #[derive(Debug, Clone, Default)]
        pub struct $name {
            #[header]
            pub prefer: Option<Prefer>,
            #[header]
            pub accept: Option<String>,
            #[header(sensitive)]
            pub authorization: Option<String>,
            #[header("x-stackone-api-session-token", sensitive)]
            pub session_token: Option<String>,
            $(#[$($kind)*] pub $field: $type,)?
        }
    };
}
/// A body that must not be shown. It is sent as [`BODY`].
#[derive(Debug, Clone, serde::Serialize)]
pub struct Secret {
    pub request: String,
}

pub const BODY: &str = r#"{"request":"body-secret"}"#;

impl Default for Secret {
    fn default() -> Self {
        Self { request: "body-secret".to_owned() }
    }
}

#[derive(Debug, PartialEq, serde::Deserialize)]
pub struct Thing {
    pub id: String,
}

operation!(Get, "get_thing", "GET", response = Thing);
operation!(Post, "create_thing", "POST", response = Thing);
operation!(Put, "replace_thing", "PUT", response = Thing);
operation!(Patch, "update_thing", "PATCH", response = Thing);
operation!(Delete, "delete_thing", "DELETE", response = Thing);
operation!(Options, "ask_thing", "OPTIONS", response = Thing);
operation!(SafePost, "search_things", "POST", response = Thing, idempotent);
operation!(Things, "list_things", "GET", next, response = List<Thing>);
operation!(PostThings, "create_things", "POST", response = List<Thing>);
operation!(GetMaybe, "maybe", "GET", response = Option<Thing>);
operation!(PostMaybe, "create_maybe", "POST", response = Option<Thing>);
operation!(PostUnit, "unit", "POST", response = ());
operation!(PostIgnored, "ignored", "POST");
operation!(HeadIgnored, "probe", "HEAD");
operation!(PostString, "create_string", "POST", response = String);
operation!(GetText, "text", "GET", response = text);
operation!(GetBytes, "bytes", "GET", response = bytes);
operation!(GetFile, "file", "GET", response = download);
operation!(Proxy, "proxy", "POST", response = serde_json::Value, passthrough);

/// An operation without a `prefer` header.
#[stackone_operation(method = "GET", path = "/things", response = Thing)]
#[derive(Debug, Default)]
pub struct Undeclared;

/// The document that decodes to a `Thing`.
pub const THING: &str = r#"{"id":"1"}"#;

/// The reaction of the server to one request.
pub enum Reply {
    Answer {
        status: u16,
        headers: HeaderMap,
        body: Pieces,
    },
    /// The connection is refused.
    Refused,
    /// The connection is lost after the request is sent.
    Lost,
    Hang,
}

/// A body that waits so many milliseconds before each chunk. `None` is a lost connection.
pub type Pieces = Vec<(u64, Option<Bytes>)>;

impl Reply {
    pub fn new(status: u16, body: impl Into<Bytes>) -> Self {
        Self::pieces(status, vec![(0, Some(body.into()))])
    }

    pub fn thing() -> Self {
        Self::new(200, THING)
    }

    pub fn pieces(status: u16, body: Pieces) -> Self {
        Self::Answer { status, headers: HeaderMap::new(), body }
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.append(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        }
        self
    }
}

pub fn piece(wait: u64, text: &'static str) -> (u64, Option<Bytes>) {
    (wait, Some(Bytes::from_static(text.as_bytes())))
}

/// A server that gives one reply after the other and records the requests. It is `Clone`, as a transport must be.
#[derive(Clone)]
pub struct Server(Arc<Mutex<State>>);

struct State {
    replies: VecDeque<Reply>,
    seen: Vec<(Request<Bytes>, Instant)>,
}

impl Server {
    pub fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self(Arc::new(Mutex::new(State { replies: replies.into_iter().collect(), seen: Vec::new() })))
    }

    /// A client of this server.
    pub fn client(&self) -> Client {
        self.client_with(|builder| builder)
    }

    pub fn client_with(&self, settings: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client {
        let builder = Client::builder().api_key("key-secret").base_url("http://127.0.0.1:1");
        settings(builder).build_with(self.clone()).unwrap()
    }

    /// The number of attempts. A refused connection counts.
    pub fn attempts(&self) -> usize {
        self.0.lock().unwrap().seen.len()
    }

    pub fn request(&self, index: usize) -> Request<Bytes> {
        self.0.lock().unwrap().seen[index].0.clone()
    }

    pub fn header(&self, name: &str) -> Option<String> {
        Some(self.request(0).headers().get(name)?.to_str().unwrap().to_owned())
    }

    /// The seconds between the attempts.
    pub fn waits(&self) -> Vec<f64> {
        let seen = &self.0.lock().unwrap().seen;
        seen.windows(2).map(|pair| (pair[1].1 - pair[0].1).as_secs_f64()).collect()
    }
}

impl tower::Service<Request<Bytes>> for Server {
    type Response = Response<ScriptBody>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        let mut state = self.0.lock().unwrap();
        state.seen.push((request, Instant::now()));
        let reply = state.replies.pop_front().expect("one attempt more than the script has");
        Box::pin(async move {
            match reply {
                Reply::Answer { status, headers, body } => {
                    let mut response = Response::new(ScriptBody { pieces: body.into(), next: None });
                    *response.status_mut() = StatusCode::from_u16(status).unwrap();
                    *response.headers_mut() = headers;
                    Ok(response)
                }
                Reply::Refused => Err(NotSent::new("connection refused").into()),
                Reply::Lost => Err(io::Error::from(io::ErrorKind::ConnectionReset).into()),
                Reply::Hang => std::future::pending().await,
            }
        })
    }
}

pub struct ScriptBody {
    pieces: VecDeque<(u64, Option<Bytes>)>,
    next: Option<(Pin<Box<Sleep>>, Option<Bytes>)>,
}

impl Body for ScriptBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if self.next.is_none() {
            let Some((wait, piece)) = self.pieces.pop_front() else { return Poll::Ready(None) };
            self.next = Some((Box::pin(sleep(Duration::from_millis(wait))), piece));
        }
        let (timer, piece) = self.next.as_mut().unwrap();
        ready!(timer.as_mut().poll(cx));
        let piece = piece.take();
        self.next = None;
        let lost = || io::Error::from(io::ErrorKind::ConnectionReset).into();
        Poll::Ready(Some(piece.map(Frame::data).ok_or_else(lost)))
    }
}
