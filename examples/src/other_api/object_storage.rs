//! Objects by bucket and key, as S3 stores them: their content is the body, and everything else is in headers.

use super::header;
use bytes::Bytes;
use http::{
    HeaderMap, Request, Response, StatusCode,
    header::{CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG},
};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// The objects by their paths.
#[derive(Default)]
pub(super) struct Objects(Mutex<HashMap<String, Object>>);

#[derive(Clone)]
struct Object {
    version: u32,
    headers: HeaderMap,
    content: Bytes,
}

impl Objects {
    pub(super) fn answer(&self, request: Request<Bytes>) -> Response<Bytes> {
        let mut objects = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (head, content) = request.into_parts();
        let path = head.uri.path().to_owned();
        match head.method.as_str() {
            "PUT" => {
                let version = objects.get(&path).map_or(1, |object| object.version + 1);
                let object = Object { version, headers: stored(head.headers), content };
                let response = object.response(StatusCode::OK, Bytes::new());
                objects.insert(path, object);
                response
            }
            "GET" => objects.get(&path).map_or_else(no_such_key, |object| object.get(header(&head.headers, "range"))),
            "HEAD" => objects.get(&path).map_or_else(no_such_key, |object| {
                let mut response = object.response(StatusCode::OK, Bytes::new());
                response.headers_mut().insert(CONTENT_LENGTH, object.content.len().into());
                response
            }),
            _ => error(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", "The method is not allowed."),
        }
    }
}

impl Object {
    fn get(&self, range: &str) -> Response<Bytes> {
        let bounds = range.strip_prefix("bytes=").and_then(|range| range.split_once('-'));
        let Some((first, last)) = bounds.and_then(|(first, last)| Some((first.parse().ok()?, last.parse().ok()?)))
        else {
            return self.response(StatusCode::OK, self.content.clone());
        };
        let length = self.content.len();
        if !(first..length).contains(&last) {
            return error(StatusCode::RANGE_NOT_SATISFIABLE, "InvalidRange", "The range is not satisfiable.");
        }
        let mut response = self.response(StatusCode::PARTIAL_CONTENT, self.content.slice(first..=last));
        if let Ok(value) = format!("bytes {first}-{last}/{length}").parse() {
            response.headers_mut().insert(CONTENT_RANGE, value);
        }
        response
    }

    fn response(&self, status: StatusCode, body: Bytes) -> Response<Bytes> {
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = self.headers.clone();
        if let Ok(value) = format!("\"v{}\"", self.version).parse() {
            response.headers_mut().insert(ETAG, value);
        }
        response
    }
}

/// The headers of a request that its object keeps.
fn stored(headers: HeaderMap) -> HeaderMap {
    let is_stored = |name: &http::HeaderName| *name == CONTENT_TYPE || name.as_str().starts_with("x-amz-meta-");
    headers.into_iter().filter_map(|(name, value)| name.filter(is_stored).map(|name| (name, value))).collect()
}

fn no_such_key() -> Response<Bytes> {
    error(StatusCode::NOT_FOUND, "NoSuchKey", "The specified key does not exist.")
}

fn error(status: StatusCode, code: &str, message: &str) -> Response<Bytes> {
    let document = format!("<Error><Code>{code}</Code><Message>{message}</Message></Error>");
    let mut response = Response::new(Bytes::from(document));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, http::HeaderValue::from_static("application/xml"));
    response
}
