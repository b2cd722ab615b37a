//! HTTP servers that answer a few operations of other APIs as these do.
//!
//! They read forms with `serde_html_form`, parts with `multer` and credentials with `base64`, and their responses contain what
//! they have read.

mod github;
mod object_storage;
mod slack;
mod token_endpoint;

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode, header::CONTENT_TYPE};
use http_body_util::{BodyExt, Full};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use object_storage::Objects;
use serde_json::Value;
use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};
use tokio::{net::TcpListener, task::JoinHandle};

/// An API for which a server stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherApi {
    /// GitHub: issues, and the assets of releases. The bearer token is `token`.
    GitHub,
    /// Slack: photos of users. The bearer token is `xoxb-token`.
    Slack,
    /// A server of OAuth 2.0 tokens, with one operation that needs such a token. The client is `client-id` with the password
    /// `client-secret`.
    TokenEndpoint,
    /// Objects by bucket and key, as S3 stores them, without signatures.
    ObjectStorage,
}

/// The running server. It stops when this value is dropped.
#[derive(Debug)]
pub struct OtherServer {
    address: SocketAddr,
    accepting: JoinHandle<()>,
}

impl OtherApi {
    /// Starts a server on a free loopback port.
    ///
    /// # Errors
    ///
    /// The server cannot listen on a port.
    pub async fn start(self) -> io::Result<OtherServer> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        Ok(OtherServer { address, accepting: tokio::spawn(accept(listener, self)) })
    }

    async fn answer(self, request: Request<Bytes>, objects: &Objects) -> Response<Bytes> {
        match self {
            Self::GitHub => github::answer(&request),
            Self::Slack => slack::answer(request).await,
            Self::TokenEndpoint => token_endpoint::answer(&request),
            Self::ObjectStorage => objects.answer(request),
        }
    }
}

impl OtherServer {
    /// The base URL for a client.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for OtherServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, api: OtherApi) {
    let objects = Arc::<Objects>::default();
    while let Ok((stream, _)) = listener.accept().await {
        let objects = Arc::clone(&objects);
        let service = service_fn(move |request: Request<Incoming>| {
            let objects = Arc::clone(&objects);
            async move {
                let (head, body) = request.into_parts();
                let body = body.collect().await?.to_bytes();
                let response = api.answer(Request::from_parts(head, body), &objects).await;
                Ok::<_, hyper::Error>(response.map(Full::new))
            }
        });
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

/// The value of a header, or an empty text.
fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn json(status: StatusCode, value: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(value.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static("application/json"));
    response
}
