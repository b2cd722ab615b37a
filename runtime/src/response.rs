//! A decoded response.

use crate::{Operation, Prefer, decode::Decode, response_head::ResponseHead};
use http::{HeaderMap, StatusCode};
use std::{fmt, time::Duration};

/// The response of an operation.
///
/// ```
/// use stackone::{Client, ResponseOf};
/// # use stackone::stackone_operation;
/// # #[stackone_operation(method = "GET", path = "/users", response = Vec<String>)]
/// # struct ListUsersRequest;
///
/// async fn users(client: &Client) -> Result<ResponseOf<ListUsersRequest>, stackone::Error> {
///     client.send(ListUsersRequest).await
/// }
/// ```
pub type ResponseOf<O> = Response<<<O as Operation>::Response as Decode>::Value>;

/// A successful response: the decoded value, and what the call says about it.
///
/// ```
/// use stackone::page::List;
/// # use stackone::{Client, stackone_operation};
/// # #[stackone_operation(method = "GET", path = "/users", response = List<String>)]
/// # struct ListUsersRequest;
///
/// async fn users(client: &Client) -> Result<Vec<String>, stackone::Error> {
///     let response = client.send(ListUsersRequest).await?;
///     println!("{} users after {} heartbeats", response.value.data.len(), response.heartbeats());
///     Ok(response.value.data)
/// }
/// ```
pub struct Response<T> {
    /// The decoded value.
    pub value: T,
    head: ResponseHead,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, head: ResponseHead) -> Self {
        Self { value, head }
    }

    /// The status, the headers, and what the call did to get the response.
    #[must_use]
    pub fn head(&self) -> &ResponseHead {
        &self.head
    }

    /// The status. Every 2xx status is a success.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status()
    }

    /// The headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.head.headers()
    }

    /// The number of heartbeats before the document.
    #[must_use]
    pub fn heartbeats(&self) -> u64 {
        self.head.heartbeats()
    }

    /// The number of attempts, with the successful one.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.head.attempts()
    }

    /// The time from the start of the call to the end of the response. For a download: to its headers.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.head.elapsed()
    }

    /// The `x-request-id` of the response, or the header that the
    /// [`ErrorFormat`](crate::ErrorFormat::request_id_header) names. StackOne's support asks for it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.head.request_id()
    }

    /// The preferences that the server says it applied (RFC 7240, section 3). The client removes heartbeats whether the
    /// server says so or not.
    #[must_use]
    pub fn applied(&self) -> Prefer {
        self.head.applied()
    }

    /// [`value`](Self::value), as a function: `result.map(Response::into_inner)`.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The decoded value, and the head of the response.
    #[must_use]
    pub fn into_parts(self) -> (T, ResponseHead) {
        (self.value, self.head)
    }

    /// The response with a value that is made from this one. The head stays the same.
    #[must_use]
    pub fn map<U>(self, map: impl FnOnce(T) -> U) -> Response<U> {
        Response { value: map(self.value), head: self.head }
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response").field("head", &self.head).field("value", &self.value).finish()
    }
}
