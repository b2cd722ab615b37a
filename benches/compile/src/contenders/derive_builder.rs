//! `derive_builder`, with the hand-written conversion. It checks for missing fields at run time.

use super::{Contender, hand, setters, structure};
use crate::operation::Field;

pub(super) const CONTENDER: Contender = Contender {
    name: "derive_builder + hand-written",
    package: "with_derive_builder",
    dependencies: &["bytes", "derive_builder", "http", "percent-encoding", "serde", "serde_json"],
    prelude: hand::PRELUDE,
    declare: |operation| {
        let attributes = "#[derive(Debug, Clone, derive_builder::Builder)]\n#[builder(pattern = \"owned\", setter(into, strip_option))]";
        structure(operation, attributes, default) + &hand::conversion(operation)
    },
    makes_requests: true,
    call: |operation| {
        format!(
            "{0}Builder::default(){1}.build().unwrap().into_request().unwrap()",
            operation.name(),
            setters(operation)
        )
    },
};

pub(super) fn default(field: &Field) -> String {
    if field.required { "" } else { "#[builder(default)] " }.to_owned()
}
