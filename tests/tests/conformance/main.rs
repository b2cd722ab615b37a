//! Cases of other projects, run through declarations. Cases that a declaration cannot express are listed with the reason.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod headers;
mod parameters;
mod paths;
mod retry;
mod smithy;

use stackone::{Error, bytes::Bytes, http::Request};
use std::collections::BTreeSet;

type Built = Result<Request<Bytes>, Error>;

/// Declares an operation and builds its request. Each field takes any JSON value. A field without a value is null, which is
/// not sent.
macro_rules! send {
    ($values:expr, $method:literal, $path:literal { $($(#[$($kind:tt)+])? $field:ident = $key:expr),* $(,)? } $(, $body:ident: $value:expr)?) => {{
        #[stackone::stackone_operation(method = $method, path = $path)]
        struct Request {
            $($(#[$($kind)+])? $field: Any,)*
            $(#[body] $body: Option<Any>,)?
        }
        let values: &Any = $values;
        let request = Request::builder();
        $(let request = request.$field(values.get($key).cloned().unwrap_or_default());)*
        $(let request = request.maybe_body($value);)?
        let _ = values;
        request.build().into_http_request()
    }};
}
pub(crate) use send;

/// The skipped cases with their reasons. A case that no longer exists is an error.
struct Skipped {
    reasons: &'static [(&'static str, &'static str)],
    met: BTreeSet<&'static str>,
}

impl Skipped {
    fn new(reasons: &'static [(&'static str, &'static str)]) -> Self {
        Self { reasons, met: BTreeSet::new() }
    }

    /// Whether the case is skipped.
    fn skips(&mut self, id: &str) -> bool {
        let listed = self.reasons.iter().find(|(listed, _)| *listed == id);
        listed.is_some_and(|(listed, _)| {
            self.met.insert(listed);
            true
        })
    }

    fn finish(self) {
        for (id, reason) in self.reasons {
            assert!(self.met.contains(id), "{id} is listed ({reason}), but there is no such case");
        }
    }
}

fn target(request: &Built) -> String {
    request.as_ref().unwrap_or_else(|error| panic!("{error}")).uri().to_string()
}
