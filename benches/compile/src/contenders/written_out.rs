//! This crate's builder and `impl Operation` without a macro: what the shape itself costs. Once whole, with a doc for each
//! function and nothing that could be left out, and once as signatures alone.

use super::{Contender, body, literal, structure};
use crate::operation::{Field, Operation};
use std::fmt::Write as _;

/// What no library with the same builder can be below.
pub(super) const SIGNATURES: Contender = Contender {
    name: "signatures of the builder",
    package: "signatures",
    dependencies: &["bytes", "http", "serde"],
    prelude: "pub trait IsSet<T> {}\npub type Sent = std::io::Result<http::Request<bytes::Bytes>>;\n",
    declare: |operation| builder(operation, |_, signature, _| format!("    pub fn {signature} {{ loop {{}} }}\n")),
    call: literal,
};

pub(super) const WHOLE: Contender = Contender {
    name: "the builder written out",
    package: "written_out",
    dependencies: &["bytes", "http", "serde", "stackone"],
    prelude: "use stackone::{Operation, __private::{IsSet, Payload, build, json}, format::Json};\n\
              pub type Sent = Result<http::Request<bytes::Bytes>, stackone::Error>;\n\n\
              #[derive(Debug, serde::Deserialize)]\npub struct Answer { pub message: Option<String> }\n",
    declare: |operation| {
        let function =
            |doc: &str, signature: &str, code: &str| format!("    /// {doc}.\n    pub fn {signature} {{ {code} }}\n");
        builder(operation, function) + &implementation(operation)
    },
    call: super::stackone::CONTENDER.call,
};

/// The structs and the builder. `function` writes one from what it does, its signature and its code.
fn builder(operation: &Operation, function: impl Fn(&str, &str, &str) -> String) -> String {
    let name = operation.name();
    let named = |field: &Field| (field.name.clone(), field.kind.ty().to_owned());
    let body_field = operation.body.as_ref().map(|_| ("body".to_owned(), operation.body_name()));
    let required = operation.parameters().filter(|field| field.required).map(named).chain(body_field);
    let required: Vec<_> = required.collect();
    let optional: Vec<_> = operation.parameters().filter(|field| !field.required).map(named).collect();
    let each = |piece: &dyn Fn(usize) -> String| (0..required.len()).map(piece).collect::<String>();
    let each_optional = |piece: &dyn Fn(usize) -> String| (0..optional.len()).map(piece).collect::<String>();

    let setters = each(&|set| {
        let (field, ty) = &required[set];
        let next = each(&|at| if at == set { format!("{ty},") } else { format!("S{at},") });
        let values = each(&|at| if at == set { "value.into(),".into() } else { format!("self.required.{at},") });
        function(
            &format!("Sets `{field}`"),
            &format!("{field}(self, value: impl Into<{ty}>) -> {name}Builder<({next})>"),
            &format!("{name}Builder {{ required: ({values}), optional: self.optional }}"),
        )
    });
    let bounds = each(&|at| format!("S{at}: IsSet<{}>,", required[at].1));
    let fields = each(&|at| format!("{}: self.required.{at}.into_value(), ", required[at].0))
        + &each_optional(&|at| format!("{}: self.optional.{at}, ", optional[at].0));
    let build =
        function("The request", &format!("build(self) -> {name} where {bounds}"), &format!("{name} {{ {fields} }}"));
    let optional_setters = each_optional(&|at| {
        let (field, ty) = &optional[at];
        function(
            &format!("Sets `{field}`"),
            &format!("{field}(mut self, value: impl Into<{ty}>) -> Self"),
            &format!("self.optional.{at} = Some(value.into()); self"),
        ) + &function(
            &format!("Sets `{field}`, or nothing"),
            &format!("maybe_{field}(mut self, value: Option<{ty}>) -> Self"),
            &format!("self.optional.{at} = value; self"),
        )
    });
    let marker = |at: usize| format!("{name}BuilderFields::{}", required[at].0);
    let values = each(&|at| format!("{} {{}},", marker(at)));
    let nothing = "None,".repeat(optional.len());
    let begin = function(
        "A builder with nothing set",
        &format!("builder() -> {name}Builder"),
        &format!("{name}Builder {{ required: ({values}), optional: ({nothing}) }}"),
    );
    let send = function("The request as HTTP", "into_http_request(self) -> Sent", "self.to_http_request()");
    let markers = each(&|at| format!("pub struct {} {{}} ", required[at].0));
    let unset = each(&|at| marker(at) + ",");
    let states = each(&|at| format!("S{at},"));
    let types = each_optional(&|at| format!("Option<{}>,", optional[at].1));
    structure(operation, "#[derive(Debug, Clone)]", |_: &Field| String::new())
        + &body(operation)
        + &format!(
            "#[allow(nonstandard_style)]\npub mod {name}BuilderFields {{ {markers}}}\n\
             /// Builds the request.\n\
             pub struct {name}Builder<S = ({unset})> {{ required: S, optional: ({types}) }}\n\
             impl<{states}> {name}Builder<({states})> {{\n{setters}{build}}}\n\
             impl<S> {name}Builder<S> {{\n{optional_setters}}}\n\
             impl {name} {{\n{begin}{send}}}\n"
        )
}

/// What the attribute would make of the operation.
fn implementation(operation: &Operation) -> String {
    let Operation { method, path, .. } = operation;
    let mut declared = format!("{} {method} {path} json", operation.name().to_lowercase());
    let mut values = String::new();
    let places = [("path", &operation.paths), ("header", &operation.headers), ("query", &operation.query)];
    for (place, field) in places.iter().flat_map(|(place, fields)| fields.iter().map(move |field| (place, field))) {
        let Field { name, required, .. } = field;
        let optional = if *required { "" } else { ",optional" };
        let wire = if *place == "header" { name.replace('_', "-") } else { name.clone() };
        let _ = write!(declared, "\\n{name} {place}{optional} {wire}");
        let _ = write!(values, "&self.{name}, ");
    }
    let payload = if operation.body.is_some() {
        declared += "\\nbody body application/json";
        "json(&self.body)"
    } else {
        "Payload::None"
    };
    format!(
        "impl Operation for {} {{\n    type Response = Json<Answer>;\n    \
         const DECLARED: &'static str = \"{declared}\";\n    \
         fn to_http_request(&self) -> Sent {{ build(Self::metadata(), &[{values}], {payload}) }}\n}}\n",
        operation.name()
    )
}
