//! A classified response that is not decoded yet. It does not depend on the client that received it.

use crate::{
    Error,
    error::{Cause, ExchangeReport},
    operation::Metadata,
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
#[cfg(feature = "client")]
use {http_body::Body, std::mem, std::pin::Pin};

/// The body of a download.
#[cfg(feature = "client")]
pub(crate) type StreamingBody = Pin<Box<dyn Body<Data = Bytes, Error = Error> + Send>>;

/// A successful response.
#[expect(missing_debug_implementations, reason = "holds headers and a body, which may be secret")]
pub struct RawResponse {
    pub(crate) body: RawBody,
    pub(crate) metadata: &'static Metadata,
    pub(crate) report: ExchangeReport,
}

pub(crate) enum RawBody {
    Complete(Bytes),
    #[cfg(feature = "client")]
    Stream(StreamingBody),
}

impl RawResponse {
    /// The body of every response but a download.
    pub(crate) fn bytes(&self) -> &Bytes {
        #[cfg(feature = "client")]
        static EMPTY: Bytes = Bytes::new();
        match &self.body {
            RawBody::Complete(bytes) => bytes,
            #[cfg(feature = "client")]
            RawBody::Stream(_) => &EMPTY,
        }
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.report.headers
    }

    /// The status.
    pub(crate) fn status(&self) -> StatusCode {
        self.report.status.unwrap_or_default()
    }

    /// Takes the body of a download.
    #[cfg(feature = "client")]
    pub(crate) fn take_stream(&mut self) -> Option<StreamingBody> {
        match mem::replace(&mut self.body, RawBody::Complete(Bytes::new())) {
            RawBody::Stream(stream) => Some(stream),
            RawBody::Complete(_) => None,
        }
    }

    /// The error of a response that cannot be decoded.
    pub(crate) fn into_error(self, cause: Cause) -> Error {
        Error::failure(self.metadata, cause, self.report)
    }
}
