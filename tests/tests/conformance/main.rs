//! Cases of other projects. Each is declared here as a user would declare it, filled from its file, and compared with the
//! expectation of the file. A case that cannot be declared is listed with the reason.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "these operations are deserialized from their cases, so that no builder is used")]

mod headers;
mod parameters;
mod paths;
mod retry;
mod smithy;

use serde::de::DeserializeOwned;
use stackone::{Error, Operation, bytes::Bytes, http::Request};
use stackone_tests::any::Any;

type Built = Result<Request<Bytes>, Error>;

/// Fills the fields of an operation from the values of a case, and builds its request.
fn request<O: Operation + DeserializeOwned>(values: &Any) -> Built {
    let json = serde_json::to_string(values).unwrap();
    let operation: O = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error} in {json}"));
    operation.to_http_request()
}

/// The path and the query of a request.
fn target(built: &Built) -> String {
    built.as_ref().unwrap_or_else(|error| panic!("{error}")).uri().to_string()
}

/// Removes the cases that cannot be declared. Each is listed by its id, with the reason. A listed case must exist.
fn declarable<C>(mut cases: Vec<C>, id: impl Fn(&C) -> &str, not_declarable: &[(&str, &str)]) -> Vec<C> {
    for (listed, reason) in not_declarable {
        let before = cases.len();
        cases.retain(|case| id(case) != *listed);
        assert!(cases.len() < before, "{listed} is listed ({reason}), but there is no such case");
    }
    cases
}
