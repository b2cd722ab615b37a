//! The wire rules, one by one, through the public interface. Each test is named after its rule.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "these requests are literals, so that no builder is used")]

mod bodies;
mod headers;
mod paths;
mod queries;
mod styles;
mod values;

use stackone::{Error, bytes::Bytes, http::Request};

type Built = Result<Request<Bytes>, Error>;

/// Declares an operation, gives its fields their values, and builds the request.
macro_rules! send {
    ($method:literal $path:literal $(, $(#[$($kind:tt)+])? $field:ident: $ty:ty = $value:expr)* $(,)?) => {{
        #[stackone::stackone_operation(method = $method, path = $path)]
        struct Request {
            $($(#[$($kind)+])? $field: $ty,)*
        }
        Request { $($field: $value.into(),)* }.into_http_request()
    }};
}
pub(crate) use send;

/// The target of a request that could be built.
fn target(built: &Built) -> String {
    built.as_ref().unwrap_or_else(|error| panic!("{error}")).uri().to_string()
}

/// What a query is, without its `/?`.
fn query(built: &Built) -> String {
    let target = target(built);
    let query = target.strip_prefix('/').unwrap();
    query.strip_prefix('?').unwrap_or(query).to_owned()
}

/// Why a request could not be built.
fn refusal(built: Built) -> String {
    match built {
        Ok(request) => panic!("not refused: {} {:?}", request.uri(), request.headers()),
        Err(error) => {
            assert_eq!(error.kind(), stackone::ErrorKind::Build);
            error.to_string()
        }
    }
}
