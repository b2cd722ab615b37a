//! The contenders: how each declares an operation and builds its request.

mod bon;
mod derive_builder;
mod hand;
mod plain;
mod ruma;
mod rustify;
mod stackone;
mod typed_builder;
mod written_out;

use crate::operation::{Field, Operation};

pub(crate) struct Contender {
    pub(crate) name: &'static str,
    pub(crate) package: &'static str,
    pub(crate) dependencies: &'static [&'static str],
    /// Code at the top of the crate.
    pub(crate) prelude: &'static str,
    pub(crate) declare: fn(&Operation) -> String,
    /// Whether a call builds an `http::Request`. Otherwise it only makes the struct.
    pub(crate) makes_requests: bool,
    /// An expression that builds the request.
    pub(crate) call: fn(&Operation) -> String,
}

pub(crate) fn all() -> Vec<Contender> {
    vec![
        plain::CONTENDER,
        hand::CONTENDER,
        written_out::SIGNATURES,
        written_out::WHOLE,
        written_out::PROMISED,
        stackone::CONTENDER,
        bon::CONTENDER,
        typed_builder::CONTENDER,
        derive_builder::CONTENDER,
        rustify::CONTENDER,
        ruma::CONTENDER,
    ]
}

/// The struct of an operation, with `attributes` on the struct and `before` in front of each field.
fn structure(operation: &Operation, attributes: &str, before: impl Fn(&Field) -> String) -> String {
    let fields: String = operation
        .parameters()
        .map(|field| format!("    {}pub {}: {},\n", before(field), field.name, field.ty()))
        .collect();
    let body =
        if operation.body.is_some() { format!("    pub body: {},\n", operation.body_name()) } else { String::new() };
    format!("{attributes}\npub struct {} {{\n{fields}{body}}}\n", operation.name())
}

/// The struct of a body.
fn body(operation: &Operation) -> String {
    let Some(fields) = &operation.body else { return String::new() };
    let fields: String = fields
        .iter()
        .map(|field| {
            let skip = if field.required { "" } else { "#[serde(skip_serializing_if = \"Option::is_none\")]\n    " };
            format!("    {skip}pub {}: {},\n", field.name, field.ty())
        })
        .collect();
    format!("#[derive(Debug, Clone, serde::Serialize)]\npub struct {} {{\n{fields}}}\n", operation.body_name())
}

/// Calls of the setters of all parameters, and of `.body(..)`.
fn setters(operation: &Operation) -> String {
    let parameters: String =
        operation.parameters().map(|field| format!(".{}({})", field.name, field.kind.value())).collect();
    let body = operation.body_value().map(|value| format!(".body({value})")).unwrap_or_default();
    parameters + &body
}

/// A literal of the struct.
fn literal(operation: &Operation) -> String {
    let parameters: String = operation
        .parameters()
        .map(|field| {
            let value = field.kind.owned();
            if field.required {
                format!("{}: {value}, ", field.name)
            } else {
                format!("{}: Some({value}), ", field.name)
            }
        })
        .collect();
    let body = operation.body_value().map(|value| format!("body: {value}")).unwrap_or_default();
    format!("{} {{ {parameters}{body} }}", operation.name())
}
