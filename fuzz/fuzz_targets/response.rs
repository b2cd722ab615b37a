//! Any response to any format: no panic, no end without a result, no write sent twice, no secret in an error, and the same
//! result however the body is split.

#![no_main]

use arbitrary::Arbitrary;
use bytes::Bytes;
use futures_util::stream;
use http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use http_body::Frame;
use http_body_util::{Full, StreamBody};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use stackone::{Client, Error, ErrorKind, stackone_operation};
use std::{
    cell::Cell,
    io,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use tower::service_fn;

const MAX_BODY: u64 = 4096;
const MAX_ERROR_BODY: u64 = 256;

/// A response, and the format that the operation declares.
#[derive(Debug, Clone, Arbitrary)]
struct Input {
    format: Format,
    status: u16,
    headers: Vec<(Name, Vec<u8>)>,
    chunks: Vec<Vec<u8>>,
    /// Whether the connection is lost after the chunks.
    is_lost: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Arbitrary)]
enum Format {
    Json,
    PostJson,
    Ignored,
    Passthrough,
    Text,
    Bytes,
    Download,
    Head,
}

#[derive(Debug, Clone, Arbitrary)]
enum Name {
    ContentEncoding,
    Gzip,
    ContentLength,
    ContentType,
    RetryAfter,
    PreferenceApplied,
    RequestId,
    Location,
    Other(String),
}

#[stackone_operation(method = "GET", path = "/a", response = Value)]
struct JsonRequest;
#[stackone_operation(method = "POST", path = "/a", response = Value)]
struct PostJsonRequest;
#[stackone_operation(method = "POST", path = "/a")]
struct IgnoredRequest;
#[stackone_operation(method = "POST", path = "/a", response = Value, passthrough)]
struct PassthroughRequest;
#[stackone_operation(method = "GET", path = "/a", response = text)]
struct TextRequest;
#[stackone_operation(method = "GET", path = "/a", response = bytes)]
struct BytesRequest;
#[stackone_operation(method = "GET", path = "/a", response = download)]
struct DownloadRequest;
#[stackone_operation(method = "HEAD", path = "/a")]
struct HeadRequest;

/// The value as text, or the error as text with its kind. Times are left out.
#[derive(Debug, PartialEq)]
struct Outcome {
    value: Result<String, (ErrorKind, Option<StatusCode>, Option<Bytes>)>,
    heartbeats: u64,
    requests: u32,
}

fuzz_target!(|input: Input| {
    let status = StatusCode::from_u16(200 + input.status % 400).expect("a status");
    let whole = Input { chunks: vec![input.chunks.concat()], ..input.clone() };
    let outcome = send(&input, status);
    let body = whole.chunks[0].clone();
    check(&input, status, &body, &outcome);
    // A lost connection is found before or after an error of the body itself.
    if !input.is_lost && input.format != Format::Download {
        assert_eq!(outcome, send(&whole, status), "the chunks do not count");
    }
});

fn send(input: &Input, status: StatusCode) -> Outcome {
    let requests = Arc::new(AtomicU32::new(0));
    let (count, response) = (Arc::clone(&requests), input.clone());
    let transport = service_fn(move |_: Request<Full<Bytes>>| {
        count.fetch_add(1, Ordering::Relaxed);
        let response = response_of(&response, status);
        async move { Ok::<_, io::Error>(response) }
    });
    let client = Client::builder().api_key("secret-key").max_body(MAX_BODY).max_error_body(MAX_ERROR_BODY);
    let client = client.build_with(transport).expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let beats = Cell::new(0);
    let value = runtime.expect("a runtime").block_on(async {
        macro_rules! text {
            ($operation:expr) => {
                client.send($operation).await.map(|response| {
                    beats.set(response.heartbeats());
                    format!("{:?}", response.value)
                })
            };
        }
        match input.format {
            Format::Json => text!(JsonRequest),
            Format::PostJson => text!(PostJsonRequest),
            Format::Ignored => text!(IgnoredRequest),
            Format::Passthrough => text!(PassthroughRequest),
            Format::Text => text!(TextRequest),
            Format::Bytes => text!(BytesRequest),
            Format::Head => text!(HeadRequest),
            Format::Download => download(&client).await,
        }
    });
    let value = value.map_err(|error| {
        let text = format!("{error} {error:?}");
        assert!(!text.contains("secret-key") && !text.contains('\n'), "{text}");
        assert!(error.raw_body().is_none_or(|body| body.len() as u64 <= MAX_ERROR_BODY));
        beats.set(error.heartbeats());
        (error.kind(), error.status(), error.raw_body().cloned())
    });
    Outcome { value, heartbeats: beats.get(), requests: requests.load(Ordering::Relaxed) }
}

async fn download(client: &Client) -> Result<String, Error> {
    let mut body = client.send(DownloadRequest).await?.value;
    let mut bytes = Vec::new();
    while let Some(chunk) = body.try_next().await? {
        bytes.extend_from_slice(&chunk);
    }
    Ok(format!("{:?}", Bytes::from(bytes)))
}

fn response_of(input: &Input, status: StatusCode) -> Response<StreamBody<stream::Iter<std::vec::IntoIter<Chunk>>>> {
    let mut chunks: Vec<Chunk> =
        input.chunks.iter().map(|chunk| Ok(Frame::data(Bytes::copy_from_slice(chunk)))).collect();
    if input.is_lost {
        chunks.push(Err(io::ErrorKind::ConnectionReset.into()));
    }
    let mut response = Response::new(StreamBody::new(stream::iter(chunks)));
    *response.status_mut() = status;
    for (name, value) in &input.headers {
        let value = if matches!(name, Name::Gzip) { b"gzip" } else { value.as_slice() };
        if let (Some(name), Ok(value)) = (name_of(name), HeaderValue::from_bytes(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

type Chunk = io::Result<Frame<Bytes>>;

fn name_of(name: &Name) -> Option<HeaderName> {
    Some(match name {
        Name::ContentEncoding | Name::Gzip => http::header::CONTENT_ENCODING,
        Name::ContentLength => http::header::CONTENT_LENGTH,
        Name::ContentType => http::header::CONTENT_TYPE,
        Name::RetryAfter => http::header::RETRY_AFTER,
        Name::PreferenceApplied => HeaderName::from_static("preference-applied"),
        Name::RequestId => HeaderName::from_static("x-request-id"),
        Name::Location => http::header::LOCATION,
        Name::Other(name) => name.parse().ok()?,
    })
}

fn check(input: &Input, status: StatusCode, body: &[u8], outcome: &Outcome) {
    let is_write = matches!(input.format, Format::PostJson | Format::Ignored | Format::Passthrough);
    if is_write && status != StatusCode::TOO_MANY_REQUESTS {
        assert_eq!(outcome.requests, 1, "a write is sent once");
    }
    match &outcome.value {
        Ok(value) => {
            assert!(status.is_success(), "{status} is no success");
            let is_encoded =
                input.headers.iter().any(|(name, _)| name_of(name) == Some(http::header::CONTENT_ENCODING));
            let has_body = !matches!(status.as_u16(), 204 | 205);
            let is_json = matches!(input.format, Format::Json | Format::PostJson | Format::Passthrough);
            if is_json && has_body && !is_encoded {
                let document = body.trim_ascii_start();
                let document = document.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(document);
                let expected: Value = serde_json::from_slice(document).expect("the value is that of the document");
                assert_eq!(*value, format!("{expected:?}"));
                assert!(!input.is_lost, "a lost body is no value");
            }
            if input.format == Format::Bytes && has_body && !is_encoded {
                assert_eq!(*value, format!("{:?}", Bytes::copy_from_slice(body)));
            }
        }
        Err((kind, seen, _)) => {
            assert!(status.is_success() || *kind == ErrorKind::Api, "{status}: {kind:?}");
            assert!(status.is_success() || *seen == Some(status));
        }
    }
}
