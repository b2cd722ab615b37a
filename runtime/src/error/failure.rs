//! What a failed call knows: the cause, and how far its exchange came.

use super::{ApiError, Detail, Error, ErrorKind, Inner, TimeoutKind};
use crate::operation::Metadata;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode};
use std::{borrow::Cow, error::Error as StdError, sync::Arc, time::Duration};

pub(crate) type BoxError = Box<dyn StdError + Send + Sync>;

pub(super) struct Failure {
    pub(super) cause: Cause,
    /// `None` if the client could not be built.
    pub(super) metadata: Option<&'static Metadata>,
    pub(super) report: ExchangeReport,
}

#[cfg_attr(not(feature = "client"), expect(dead_code, reason = "the client constructs the other variants"))]
pub(crate) enum Cause {
    Config(Cow<'static, str>),
    Credentials(BoxError),
    Connect(BoxError),
    Timeout {
        kind: TimeoutKind,
        limit: Duration,
    },
    Transport(BoxError),
    /// `received` and `expected` count the bytes of the body. `source` is `None` if the body ended without an error.
    Truncated {
        received: u64,
        expected: Option<u64>,
        source: Option<BoxError>,
    },
    Api(Box<ApiError>),
    /// `path` is the place in the response, as in `data[3].status`.
    Decode {
        path: Option<String>,
        source: BoxError,
    },
    BodyTooLarge {
        limit: u64,
        unit: &'static str,
    },
    /// The next page cannot be found or requested.
    Pagination(Cow<'static, str>),
}

/// How far an exchange came.
#[derive(Default, Clone)]
pub(crate) struct ExchangeReport {
    /// The status line's. The status of an error envelope differs from it.
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    /// What was received of the body, without heartbeats, up to the limit for error bodies.
    pub(crate) body: Bytes,
    pub(crate) heartbeats: u64,
    /// The time since the attempt started.
    pub(crate) attempt_elapsed: Duration,
    /// The time since the call started.
    pub(crate) elapsed: Duration,
    pub(crate) attempts: u32,
    /// Whether the request was given to a connection. The server may have processed it.
    pub(crate) sent: bool,
    /// The response header with the request id. Default: `x-request-id`.
    pub(crate) request_id_header: Option<Arc<HeaderName>>,
    /// Whether an earlier attempt may have been processed, although its response was lost.
    pub(crate) earlier_outcome_unknown: bool,
}

impl Error {
    pub(crate) fn config(message: impl Into<Cow<'static, str>>) -> Self {
        let failure =
            Failure { cause: Cause::Config(message.into()), metadata: None, report: ExchangeReport::default() };
        Self(Box::new(Inner { operation: None, detail: Detail::Failure(failure) }))
    }

    pub(crate) fn failure(metadata: &'static Metadata, cause: Cause, report: ExchangeReport) -> Self {
        let failure = Failure { cause, metadata: Some(metadata), report };
        Self(Box::new(Inner { operation: Some(metadata.id()), detail: Detail::Failure(failure) }))
    }

    pub(super) fn as_failure(&self) -> Option<&Failure> {
        match &self.0.detail {
            Detail::Failure(failure) => Some(failure),
            Detail::Build { .. } => None,
        }
    }
}

impl Failure {
    pub(super) fn kind(&self) -> ErrorKind {
        match &self.cause {
            Cause::Config(_) => ErrorKind::Config,
            Cause::Credentials(_) => ErrorKind::Credentials,
            Cause::Connect(_) => ErrorKind::Connect,
            Cause::Timeout { kind, .. } => ErrorKind::Timeout(*kind),
            Cause::Transport(_) => ErrorKind::Transport,
            Cause::Truncated { .. } => ErrorKind::Truncated,
            Cause::Api(_) => ErrorKind::Api,
            Cause::Decode { .. } => ErrorKind::Decode,
            Cause::BodyTooLarge { .. } => ErrorKind::BodyTooLarge,
            Cause::Pagination(_) => ErrorKind::Pagination,
        }
    }
}
