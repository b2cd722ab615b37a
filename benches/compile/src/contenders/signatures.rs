//! What a builder of this crate offers, as signatures without a body: what no library with the same builder can be below.

use super::{Contender, body, literal, structure};
use crate::operation::{Field, Operation};

pub(super) const CONTENDER: Contender = Contender {
    name: "signatures of the builder",
    package: "signatures",
    dependencies: &["bytes", "http", "serde"],
    prelude: "pub trait IsSet<T> {}\n",
    declare,
    call: literal,
};

fn declare(operation: &Operation) -> String {
    let name = operation.name();
    let fields: Vec<(&str, String, bool)> = operation
        .parameters()
        .map(|field| (field.name.as_str(), field.kind.ty().to_owned(), field.required))
        .chain(operation.body.as_ref().map(|_| ("body", operation.body_name(), true)))
        .collect();
    let (required, optional): (Vec<_>, Vec<_>) = fields.iter().partition(|(_, _, required)| *required);
    let all = |piece: &dyn Fn(usize) -> String| (0..required.len()).map(piece).collect::<String>();
    let unset = all(&|at| format!("{name}BuilderFields::{},", required[at].0));
    let states = all(&|at| format!("S{at},"));
    let types: String = optional.iter().map(|(_, ty, _)| format!("Option<{ty}>,")).collect();
    let markers = all(&|at| format!("pub struct {};", required[at].0));
    let bounds = all(&|at| format!("S{at}: IsSet<{}>,", required[at].1));
    let required_setters = all(&|set| {
        let (field, ty, _) = required[set];
        let next = all(&|at| if at == set { format!("{ty},") } else { format!("S{at},") });
        format!("    pub fn {field}(self, _value: impl Into<{ty}>) -> {name}Builder<({next})> {{ loop {{}} }}\n")
    });
    let optional_setters: String = optional
        .iter()
        .map(|(field, ty, _)| {
            format!(
                "    pub fn {field}(self, _value: impl Into<{ty}>) -> Self {{ loop {{}} }}\n    \
                 pub fn maybe_{field}(self, _value: Option<{ty}>) -> Self {{ loop {{}} }}\n"
            )
        })
        .collect();
    structure(operation, "#[derive(Debug, Clone)]", |_: &Field| String::new())
        + &body(operation)
        + &format!(
            "#[allow(nonstandard_style)]\npub mod {name}BuilderFields {{ {markers} }}\n\
             pub struct {name}Builder<S = ({unset})> {{ required: S, optional: ({types}) }}\n\
             impl<{states}> {name}Builder<({states})> {{\n{required_setters}    \
             pub fn build(self) -> {name} where {bounds} {{ loop {{}} }}\n}}\n\
             impl<S> {name}Builder<S> {{\n{optional_setters}}}\n\
             impl {name} {{\n    pub fn builder() -> {name}Builder {{ loop {{}} }}\n    \
             pub fn into_http_request(self) -> std::io::Result<http::Request<bytes::Bytes>> {{ loop {{}} }}\n}}\n"
        )
}
