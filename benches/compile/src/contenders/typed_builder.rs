//! typed-builder, with the hand-written conversion.

use super::{Contender, hand, setters, structure};

pub(super) const CONTENDER: Contender = Contender {
    name: "typed-builder + hand-written",
    package: "with_typed_builder",
    dependencies: &["bytes", "http", "percent-encoding", "serde", "serde_json", "typed-builder"],
    prelude: hand::PRELUDE,
    declare: |operation| {
        structure(operation, "#[derive(Debug, Clone, typed_builder::TypedBuilder)]", |field| {
            if field.required {
                "#[builder(setter(into))] "
            } else {
                "#[builder(default, setter(into, strip_option))] "
            }
            .to_owned()
        }) + &hand::conversion(operation)
    },
    makes_requests: true,
    call: |operation| format!("{}::builder(){}.build().into_request().unwrap()", operation.name(), setters(operation)),
};
