//! bon, with the hand-written conversion.

use super::{Contender, hand, setters, structure};

pub(super) const CONTENDER: Contender = Contender {
    name: "bon + hand-written",
    package: "with_bon",
    dependencies: &["bon", "bytes", "http", "percent-encoding", "serde", "serde_json"],
    prelude: hand::PRELUDE,
    declare: |operation| {
        let attributes = "#[derive(Debug, Clone, bon::Builder)]\n#[builder(on(String, into))]";
        structure(operation, attributes, |_| String::new()) + &hand::conversion(operation)
    },
    makes_requests: true,
    call: |operation| format!("{}::builder(){}.build().into_request().unwrap()", operation.name(), setters(operation)),
};
