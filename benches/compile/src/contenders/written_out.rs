//! The builder of this crate and its implementation without a macro: the cost of their shape. There are three variants:
//! complete with a doc for each function, with everything that the macro promises, and signatures alone.

use super::{Contender, body, literal, structure};
use crate::operation::{Field, Operation};
use std::fmt::Write as _;

/// The lower limit for every library with this builder.
pub(super) const SIGNATURES: Contender = Contender {
    name: "signatures of the builder",
    package: "signatures",
    dependencies: &["bytes", "http", "serde"],
    prelude: "pub trait IsSet<Field, T> {}\npub type Sent = std::io::Result<http::Request<bytes::Bytes>>;\n",
    declare: |operation| {
        builder(operation, &PLAIN, |_, signature, _| format!("    pub fn {signature} {{ loop {{}} }}\n"))
    },
    makes_requests: false,
    call: literal,
};

pub(super) const WHOLE: Contender = Contender {
    name: "the builder written out",
    package: "written_out",
    dependencies: &["bytes", "http", "serde", "stackone"],
    prelude: "use stackone::{Operation, __private::{Declaration, IsSet, Metadata, RequestBody, build, json}, format};\n\
              pub type Sent = Result<http::Request<bytes::Bytes>, stackone::Error>;\n\n\
              #[derive(Debug, serde::Deserialize)]\npub struct Answer { pub message: Option<String> }\n",
    declare: |operation| whole(operation, &PLAIN),
    makes_requests: true,
    call: super::stackone::CONTENDER.call,
};

/// The lower limit for each macro that promises the same: no name that can clash with a name of the user, no warning of the
/// user's lints, setters without a cost where they are called, and `Debug`.
pub(super) const PROMISED: Contender = Contender {
    name: "written out, as promised",
    package: "promised",
    prelude: "pub type Sent = ::stackone::__private::BuildResult;\n\n\
              #[derive(Debug, serde::Deserialize)]\npub struct Answer { pub message: Option<String> }\n",
    declare: |operation| whole(operation, &CAREFUL),
    ..WHOLE
};

/// The style of the written code.
struct Manner {
    /// The path in front of each name of the runtime.
    krate: &'static str,
    /// The path in front of each name of the standard library, and of each item that the runtime has for generated code.
    path: &'static str,
    on_struct: &'static str,
    on_setters: &'static str,
    on_request: &'static str,
    on_operation: &'static str,
    /// The attributes of a function that makes one or two calls.
    on_short: &'static str,
    debug: bool,
}

const PLAIN: Manner = Manner {
    krate: "",
    path: "",
    on_struct: "",
    on_setters: "",
    on_request: "",
    on_operation: "",
    on_short: "",
    debug: false,
};

const CAREFUL: Manner = Manner {
    krate: "::stackone::",
    path: "::stackone::__private::",
    on_struct: "#[must_use = \"call `build()`\"]\n\
        #[allow(deprecated, nonstandard_style, missing_copy_implementations, clippy::type_complexity)]\n",
    on_setters: "#[allow(deprecated, nonstandard_style, private_interfaces, single_use_lifetimes, \
        unused_qualifications, clippy::type_complexity)]\n",
    on_request: "#[allow(deprecated, clippy::missing_const_for_fn, clippy::missing_errors_doc)]\n",
    on_operation: "#[automatically_derived]\n#[allow(deprecated, unused_qualifications)]\n",
    on_short: "#[inline(always)] ",
    debug: true,
};

fn whole(operation: &Operation, manner: &Manner) -> String {
    let function = |doc: &str, signature: &str, code: &str| {
        let is_short = !signature.starts_with("maybe_") && !signature.starts_with("into_http_request");
        let before = if is_short { manner.on_short } else { "" };
        format!("    /// {doc}.\n    {before}pub fn {signature} {{ {code} }}\n")
    };
    builder(operation, manner, function) + &implementation(operation, manner)
}

/// The structs and the builder. `function` writes a function from its doc, its signature and its body.
fn builder(operation: &Operation, manner: &Manner, function: impl Fn(&str, &str, &str) -> String) -> String {
    let Manner { krate, path, on_struct, on_setters, on_request, .. } = manner;
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
            &format!("{field}(self, value: impl {path}Into<{ty}>) -> {name}Builder<({next})>"),
            &format!("{name}Builder {{ required: ({values}), optional: self.optional }}"),
        )
    });
    let marker = |at: usize| format!("{name}BuilderFields::{}", required[at].0);
    let bounds = each(&|at| format!("S{at}: {path}IsSet<{}, {}>,", marker(at), required[at].1));
    let fields = each(&|at| format!("{}: self.required.{at}.into_value(), ", required[at].0))
        + &each_optional(&|at| format!("{}: self.optional.{at}, ", optional[at].0));
    let build =
        function("The request", &format!("build(self) -> {name} where {bounds}"), &format!("{name} {{ {fields} }}"));
    let optional_setters = each_optional(&|at| {
        let (field, ty) = &optional[at];
        function(
            &format!("Sets `{field}`"),
            &format!("{field}(mut self, value: impl {path}Into<{ty}>) -> Self"),
            &format!("self.optional.{at} = {path}Some(value.into()); self"),
        ) + &function(
            &format!("Sets `{field}`, or nothing"),
            &format!("maybe_{field}(mut self, value: {path}Option<{ty}>) -> Self"),
            &format!("self.optional.{at} = value; self"),
        )
    });
    let values = each(&|at| format!("{} {{}},", marker(at)));
    let nothing = format!("{path}None,").repeat(optional.len());
    let begin = function(
        "A builder with nothing set",
        &format!("builder() -> {name}Builder"),
        &format!("{name}Builder {{ required: ({values}), optional: ({nothing}) }}"),
    );
    let send = function(
        "The request as HTTP",
        "into_http_request(self) -> Sent",
        &format!("{krate}Operation::to_http_request(&self)"),
    );
    let markers = each(&|at| format!("pub struct {} {{}} ", required[at].0));
    let unset = each(&|at| marker(at) + ",");
    let states = each(&|at| format!("S{at},"));
    let types = each_optional(&|at| format!("{path}Option<{}>,", optional[at].1));
    structure(operation, "#[derive(Debug, Clone)]", |_: &Field| String::new())
        + &body(operation)
        + &format!(
            "#[allow(nonstandard_style)]\npub mod {name}BuilderFields {{ {markers}}}\n\
             /// Builds the request.\n\
             {on_struct}pub struct {name}Builder<S = ({unset})> {{ required: S, optional: ({types}) }}\n\
             {on_setters}impl<{states}> {name}Builder<({states})> {{\n{setters}{build}}}\n\
             {on_setters}impl<S> {name}Builder<S> {{\n{optional_setters}}}\n\
             {on_request}impl {name} {{\n{begin}{send}}}\n"
        )
        + &debug(&name, manner)
}

fn debug(name: &str, manner: &Manner) -> String {
    let path = manner.path;
    if !manner.debug {
        return String::new();
    }
    format!(
        "#[automatically_derived]\nimpl<S> {path}Debug for {name}Builder<S> {{\n    \
         fn fmt(&self, f: &mut {path}Formatter<'_>) -> {path}fmt::Result {{ {path}debug(\"{name}Builder\", f) }}\n}}\n"
    )
}

/// The code that the attribute generates for the operation.
fn implementation(operation: &Operation, manner: &Manner) -> String {
    let Operation { method, path: template, .. } = operation;
    let Manner { krate, path, on_operation, .. } = manner;
    let mut descriptor = format!("{} {method} {template} json", operation.name().to_lowercase());
    let mut values = String::new();
    let locations = [("path", &operation.paths), ("header", &operation.headers), ("query", &operation.query)];
    for (location, field) in
        locations.iter().flat_map(|(location, fields)| fields.iter().map(move |field| (location, field)))
    {
        let Field { name, required, .. } = field;
        let optional = if *required { "" } else { ",optional" };
        let wire = if *location == "header" { name.replace('_', "-") } else { name.clone() };
        let _ = write!(descriptor, "\\n{name} {location}{optional} {wire}");
        let _ = write!(values, "&self.{name}, ");
    }
    let body = if operation.body.is_some() {
        descriptor += "\\nbody body application/json";
        format!("{path}json(&self.body)")
    } else {
        format!("{path}RequestBody::None")
    };
    let name = operation.name();
    format!(
        "{on_operation}impl {path}Declaration for {name} {{\n    type Response = {krate}format::Json<Answer>;\n    \
         const DESCRIPTOR: &'static str = \"{descriptor}\";\n    \
         fn build_request(&self, metadata: &'static {path}Metadata) -> Sent {{ {path}build(metadata, &[{values}], {body}) }}\n}}\n"
    )
}
