//! The meaning of a request, to compare the requests of the contenders.

use bytes::Bytes;
use http::{HeaderMap, Request, Uri};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Number, Value};

/// The base URL for contenders that cannot build a relative request.
pub(crate) const BASE: &str = "http://localhost";

#[derive(Debug, PartialEq)]
pub(crate) struct Plain {
    method: String,
    segments: Vec<String>,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Value,
}

impl Plain {
    fn new(method: &str, path: &str, query: Option<&str>, headers: &HeaderMap, body: &[u8]) -> Self {
        let decode = |text: &str| percent_decode_str(text).decode_utf8().expect("UTF-8").into_owned();
        let pairs = query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        let mut headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().expect("visible").to_owned()))
            .collect();
        headers.sort();
        Self {
            method: method.to_owned(),
            segments: path.split('/').map(decode).collect(),
            query: pairs.map(|pair| pair.split_once('=').map(|(k, v)| (decode(k), decode(v))).expect("pair")).collect(),
            headers,
            body: if body.is_empty() { Value::Null } else { by_value(serde_json::from_slice(body).expect("JSON")) },
        }
    }

    fn from_http(request: &Request<impl AsRef<[u8]>>) -> Self {
        let uri: &Uri = request.uri();
        Self::new(request.method().as_str(), uri.path(), uri.query(), request.headers(), request.body().as_ref())
    }
}

/// Converts all numbers to floats, so that `42` and `42.0` are equal.
fn by_value(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::Number(number.as_f64().and_then(Number::from_f64).expect("a number that fits")),
        Value::Array(items) => items.into_iter().map(by_value).collect(),
        Value::Object(entries) => {
            Value::Object(entries.into_iter().map(|(k, v)| (k, by_value(v))).collect::<Map<_, _>>())
        }
        other => other,
    }
}

impl From<Request<Bytes>> for Plain {
    fn from(request: Request<Bytes>) -> Self {
        Self::from_http(&request)
    }
}

impl From<reqwest::Request> for Plain {
    fn from(request: reqwest::Request) -> Self {
        let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
        let url = request.url();
        Self::new(request.method().as_str(), url.path(), url.query(), request.headers(), body)
    }
}
