//! A request that the stand-in received.

use super::{
    fail, operation,
    url_text::{pairs, placeholder},
};
use crate::{Attempt, operation::Metadata};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Uri};
use serde::de::DeserializeOwned;
use std::{any::type_name, fmt, marker::PhantomData, sync::Arc, time::Duration};
use tokio::time::Instant;

/// A request of any operation.
pub(super) struct Received {
    pub(super) metadata: &'static Metadata,
    pub(super) request: Request<Bytes>,
    pub(super) at: Instant,
    /// When the first request arrived.
    pub(super) first_at: Instant,
}

impl Received {
    /// The operation, the method, the path and the query. A query parameter that the operation does not declare may be a credential.
    /// Its value is left out.
    pub(super) fn describe(&self) -> String {
        let uri = self.request.uri();
        let mut text = format!("{}: {} {}", self.metadata.id(), self.request.method(), uri.path());
        for (index, (name, value)) in pairs(uri.query().unwrap_or_default(), false).iter().enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            text.push_str(name);
            text.push('=');
            let key = name.split('[').next().unwrap_or_default();
            let is_declared =
                self.metadata.parameters().iter().any(|parameter| parameter.name() == key || parameter.name() == name);
            text.push_str(if is_declared { value } else { ".." });
        }
        text
    }
}

/// A request that a [`StandIn`](super::StandIn) received for an operation `O`.
pub struct Sent<O> {
    received: Arc<Received>,
    operation: PhantomData<fn() -> O>,
}

impl<O> Sent<O> {
    pub(super) fn new(received: Arc<Received>) -> Self {
        Self { received, operation: PhantomData }
    }

    pub(super) fn metadata(&self) -> &'static Metadata {
        self.received.metadata
    }

    /// The decoded value of a placeholder of the path. `None` if the path template has no such placeholder.
    #[must_use]
    pub fn path(&self, name: &str) -> Option<String> {
        placeholder(self.metadata().path(), self.uri().path(), name)
    }

    /// The decoded value of a query parameter: the first, if there are several. `None` if it was not sent.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<String> {
        self.queries().into_iter().find(|(present, _)| present == name).map(|(_, value)| value)
    }

    /// All decoded names and values of the query, in their order.
    #[must_use]
    pub fn queries(&self) -> Vec<(String, String)> {
        pairs(self.uri().query().unwrap_or_default(), false)
    }

    /// The value of a header as text. `None` if it was not sent. Several lines are joined with `, `.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        let lines = self.headers().get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
        lines.map(std::borrow::Cow::into_owned).reduce(|joined, line| format!("{joined}, {line}"))
    }

    /// The operation that was sent, if it implements serde's `Deserialize`.
    ///
    /// It is read from the request: the path, the query, the headers, the cookies and a JSON body. A default header of the client is
    /// there too, if the operation declares it.
    ///
    /// ```
    /// # use stackone::{stackone_operation, test::{Answer, StandIn}};
    /// #[stackone_operation(method = "GET", path = "/users/{id}", response = String)]
    /// #[derive(Debug, PartialEq, serde::Deserialize)]
    /// struct GetUserRequest {
    ///     #[path] id: u32,
    ///     #[query] fields: Vec<String>,
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// # let stand_in = StandIn::new();
    /// let get = stand_in.expect::<GetUserRequest>(Answer::json("Ada"));
    /// # let fields = ["name".to_owned()];
    /// stand_in.client().send(GetUserRequest { id: 7, fields: fields.to_vec() }).await.unwrap();
    /// assert_eq!(get.sent()[0].operation(), GetUserRequest { id: 7, fields: fields.to_vec() });
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// A field cannot be read back: an object in the query, shared parameters, a body that is not JSON, or a value that the type of the
    /// field refuses. The message names the field.
    #[must_use]
    #[track_caller]
    pub fn operation(&self) -> O
    where
        O: DeserializeOwned,
    {
        operation::operation(&self.received).unwrap_or_else(|error| {
            fail(format_args!("{}: the operation cannot be read back: {error}", self.metadata().id()))
        })
    }

    /// The JSON body as a value of your own: the type of the `#[body]` field, or `serde_json::Value`.
    ///
    /// # Panics
    ///
    /// The body is not JSON, or not that of a `T`.
    #[must_use]
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(self.body()).unwrap_or_else(|error| {
            let (id, expected) = (self.metadata().id(), type_name::<T>());
            fail(format_args!("{id}: the body that was sent is not a `{expected}`: {error}"))
        })
    }

    /// The decoded names and values of a form body, in their order.
    #[must_use]
    pub fn form(&self) -> Vec<(String, String)> {
        pairs(&String::from_utf8_lossy(self.body()), true)
    }

    /// The HTTP method of the request.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.received.request.method()
    }

    /// The absolute URI of the request, with the base URL.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        self.received.request.uri()
    }

    /// The headers, with those that the client added.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.received.request.headers()
    }

    /// The body, as it was sent.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        self.received.request.body()
    }

    /// The number of the attempt. The first attempt of a call is 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.received.request.extensions().get::<Attempt>().map_or(1, |attempt| attempt.number())
    }

    /// The time from the first request that the stand-in received to this one, on tokio's clock.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.received.at - self.received.first_at
    }
}

impl<O> Clone for Sent<O> {
    fn clone(&self) -> Self {
        Self::new(Arc::clone(&self.received))
    }
}

/// The operation, the method, the path and the declared query, without headers and body.
impl<O> fmt::Debug for Sent<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sent").field(&self.received.describe()).finish()
    }
}
