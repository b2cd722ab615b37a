//! Structs, and a conversion as an expert writes it: the same code as in table 1.

use super::{Contender, literal, structure};
use crate::operation::{Kind, Operation};
use std::fmt::Write as _;

pub(super) const CONTENDER: Contender = Contender {
    name: "hand-written, no builder",
    package: "hand",
    dependencies: DEPENDENCIES,
    prelude: PRELUDE,
    declare: |operation| structure(operation, "#[derive(Debug, Clone)]", |_| String::new()) + &conversion(operation),
    makes_requests: true,
    call: |operation| format!("{}.into_request().unwrap()", literal(operation)),
};

pub(super) const DEPENDENCIES: &[&str] = &["bytes", "http", "percent-encoding", "serde", "serde_json"];

pub(super) const PRELUDE: &str = r#"
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, Uri, header::{ACCEPT, CONTENT_TYPE}};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::{fmt::Write as _, io};

const X_ACCOUNT_ID: HeaderName = HeaderName::from_static("x-account-id");
const PREFER: HeaderName = HeaderName::from_static("prefer");
const X_SESSION_TOKEN: HeaderName = HeaderName::from_static("x-session-token");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

struct Query<'a> {
    target: &'a mut String,
    separator: char,
}

impl Query<'_> {
    fn name(&mut self, name: &str) {
        self.target.push(self.separator);
        self.separator = '&';
        self.target.push_str(name);
        self.target.push('=');
    }

    fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        self.target.extend(utf8_percent_encode(value, ENCODED));
    }

    fn plain(&mut self, name: &str, value: impl std::fmt::Display) {
        self.name(name);
        let _ = write!(self.target, "{value}");
    }
}
"#;

/// The conversion, and the struct of the body.
pub(super) fn conversion(operation: &Operation) -> String {
    let mut code = String::new();
    for (at, piece) in operation.path_pieces().into_iter().enumerate() {
        if at % 2 == 1 {
            let _ = writeln!(code, "        target.extend(utf8_percent_encode(&self.{piece}, ENCODED));");
        } else if !piece.is_empty() {
            let _ = writeln!(code, "        target.push_str({piece:?});");
        }
    }
    if !operation.query.is_empty() {
        code.push_str("        let mut query = Query { target: &mut target, separator: '?' };\n");
    }
    for field in &operation.query {
        let name = &field.name;
        let _ = match field.kind {
            Kind::Text => {
                writeln!(code, "        if let Some(value) = &self.{name} {{ query.text({name:?}, value); }}")
            }
            _ => writeln!(code, "        if let Some(value) = self.{name} {{ query.plain({name:?}, value); }}"),
        };
    }
    let body = if operation.body.is_some() { "Bytes::from(serde_json::to_vec(&self.body)?)" } else { "Bytes::new()" };
    let _ = writeln!(code, "        let mut request = Request::new({body});");
    let _ = writeln!(code, "        *request.method_mut() = Method::{};", operation.method);
    code.push_str("        *request.uri_mut() = Uri::try_from(target).map_err(io::Error::other)?;\n");
    code.push_str("        let headers = request.headers_mut();\n");
    let _ = writeln!(code, "        headers.reserve({});", operation.headers.len() + 2);
    code.push_str("        headers.insert(ACCEPT, JSON);\n");
    if operation.body.is_some() {
        code.push_str("        headers.insert(CONTENT_TYPE, JSON);\n");
    }
    for field in &operation.headers {
        let (name, constant) = (&field.name, field.name.to_uppercase());
        let insert = format!("headers.insert({constant}, HeaderValue::from_str(value).map_err(io::Error::other)?);");
        let _ = if field.required {
            writeln!(code, "        let value = &self.{name};\n        {insert}")
        } else {
            writeln!(code, "        if let Some(value) = &self.{name} {{ {insert} }}")
        };
    }
    format!(
        "impl {} {{\n    pub fn into_request(self) -> io::Result<Request<Bytes>> {{\n        \
         let mut target = String::with_capacity(128);\n{code}        Ok(request)\n    }}\n}}\n{}",
        operation.name(),
        super::body(operation),
    )
}
