//! What is kept of a request while it is sent, in case it has to be sent again.

use bytes::Bytes;
use http::{Extensions, HeaderName, HeaderValue, Method, Request, Uri, Version};

/// A copy of a request. Nearly all are dropped unused, so that its headers are a list: copying a map, in which they could
/// be looked up, takes twice as long.
pub(super) struct Kept {
    method: Method,
    uri: Uri,
    version: Version,
    headers: Vec<(HeaderName, HeaderValue)>,
    extensions: Extensions,
    body: Bytes,
}

impl Kept {
    pub(super) fn of(request: &Request<Bytes>) -> Self {
        let mut headers = Vec::with_capacity(request.headers().len());
        for (name, value) in request.headers() {
            headers.push((name.clone(), value.clone()));
        }
        Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            version: request.version(),
            headers,
            extensions: request.extensions().clone(),
            body: request.body().clone(),
        }
    }

    /// The request again, with its headers in the same order.
    pub(super) fn request(&self) -> Request<Bytes> {
        let mut request = Request::new(self.body.clone());
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.version_mut() = self.version;
        *request.extensions_mut() = self.extensions.clone();
        for (name, value) in &self.headers {
            request.headers_mut().append(name.clone(), value.clone());
        }
        request
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_or_moved() {
        let request = Request::put("https://host/a?b=c")
            .header("x-b", "1")
            .header("x-a", "2")
            .header("x-b", "3")
            .version(Version::HTTP_10)
            .extension(7)
            .body(Bytes::from_static(b"body"))
            .unwrap();
        let again = Kept::of(&request).request();
        assert_eq!(format!("{again:?}"), format!("{request:?}"));
        assert_eq!(again.extensions().get::<i32>(), Some(&7));
        assert!(again.headers().iter().eq(request.headers()));
    }
}
