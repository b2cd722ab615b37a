//! `stackone`.

use super::{Contender, body, setters, structure};
use crate::operation::Operation;

pub(super) const CONTENDER: Contender = Contender {
    name: "stackone",
    package: "ours",
    dependencies: &["serde", "stackone"],
    prelude: "use stackone::stackone_operation;\n\n\
              #[derive(Debug, serde::Deserialize)]\npub struct Answer { pub message: Option<String> }\n",
    declare,
    makes_requests: true,
    call: |operation| {
        format!("{}::builder(){}.build().into_http_request().unwrap()", operation.name(), setters(operation))
    },
};

fn declare(operation: &Operation) -> String {
    let attributes = format!(
        "#[stackone_operation(method = {:?}, path = {:?}, response = Answer)]\n#[derive(Debug, Clone)]",
        operation.method, operation.path
    );
    let place = |field: &crate::operation::Field| {
        if operation.paths.iter().any(|path| path.name == field.name) {
            "#[path] "
        } else if operation.headers.iter().any(|header| header.name == field.name) {
            "#[header] "
        } else {
            "#[query] "
        }
        .to_owned()
    };
    structure(operation, &attributes, place).replace("    pub body:", "    #[body] pub body:") + &body(operation)
}
