//! The structs alone: the lower limit for every library.

use super::{Contender, body, literal, structure};
use crate::operation::Operation;

pub(super) const CONTENDER: Contender = Contender {
    name: "plain structs",
    package: "plain",
    dependencies: &["serde"],
    prelude: "",
    declare,
    makes_requests: false,
    call: literal,
};

fn declare(operation: &Operation) -> String {
    structure(operation, "#[derive(Debug, Clone)]", |_| String::new()) + &body(operation)
}
