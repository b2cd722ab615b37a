//! The rules for requests: each test declares operations, sets their fields, and compares the request that is built.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "these requests are literals, so that no builder is used")]

mod bodies;
mod forms;
mod headers;
mod paths;
mod queries;
mod styles;
mod values;

use stackone::{Error, bytes::Bytes, http::Request};

type Built = Result<Request<Bytes>, Error>;

/// Declares an operation, sets its fields, and builds the request.
macro_rules! request {
    ($method:literal $path:literal $(, $(#[$($kind:tt)+])? $field:ident: $ty:ty = $value:expr)* $(,)?) => {{
        #[stackone::stackone_operation(method = $method, path = $path)]
        struct Request {
            $($(#[$($kind)+])? $field: $ty,)*
        }
        Request { $($field: $value.into(),)* }.into_http_request()
    }};
}
pub(crate) use request;

/// The path and the query of a request that must be built.
fn target(built: &Built) -> String {
    built.as_ref().unwrap_or_else(|error| panic!("{error}")).uri().to_string()
}

/// The query of a request that must be built. Empty if it has none.
fn query(built: &Built) -> String {
    let target = target(built);
    let query = target.strip_prefix('/').unwrap();
    query.strip_prefix('?').unwrap_or(query).to_owned()
}

/// The message of the error of a request that must be refused.
fn refusal(built: Built) -> String {
    match built {
        Ok(request) => panic!("not refused: {} {:?}", request.uri(), request.headers()),
        Err(error) => {
            assert_eq!(error.kind(), stackone::ErrorKind::Build);
            error.to_string()
        }
    }
}
