//! rustify with its run-time builder. rustify has no headers, so that they are set on the built request. The fields of the
//! operation are the body.

use super::Contender;
use crate::operation::{Field, Operation};
use std::fmt::Write as _;

pub(super) const CONTENDER: Contender = Contender {
    name: "rustify",
    package: "with_rustify",
    dependencies: &["derive_builder", "http", "rustify", "rustify_derive", "serde"],
    prelude: r#"
use derive_builder::Builder;
use http::{HeaderName, HeaderValue, Request, header::{ACCEPT, CONTENT_TYPE}};
use rustify::{endpoint::Endpoint, errors::ClientError};
use rustify_derive::Endpoint;

const X_ACCOUNT_ID: HeaderName = HeaderName::from_static("x-account-id");
const PREFER: HeaderName = HeaderName::from_static("prefer");
const X_SESSION_TOKEN: HeaderName = HeaderName::from_static("x-session-token");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

#[derive(Debug, serde::Deserialize)]
pub struct Answer { pub message: Option<String> }

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap()
}
"#,
    declare,
    makes_requests: true,
    call: |operation| {
        let body: String = operation.body.iter().flatten().map(setter).collect();
        let parameters: String = operation.parameters().map(setter).collect();
        format!("{}::builder(){parameters}{body}.build().unwrap().into_request().unwrap()", operation.name())
    },
};

fn setter(field: &Field) -> String {
    format!(".{}({})", field.name, field.kind.value())
}

fn declare(operation: &Operation) -> String {
    let name = operation.name();
    let path = operation.path.trim_start_matches('/').replace('{', "{self.");
    let mut fields = String::new();
    let mut add = |place: &str, field: &Field| {
        let default = super::derive_builder::default(field);
        let _ = writeln!(fields, "    {place}{default}pub {}: {},", field.name, field.ty());
    };
    operation.paths.iter().chain(&operation.headers).for_each(|field| add("#[endpoint(skip)] ", field));
    operation.query.iter().for_each(|field| add("#[endpoint(query)] ", field));
    operation.body.iter().flatten().for_each(|field| add("", field));
    let mut headers = String::new();
    for field in &operation.headers {
        let (name, constant) = (&field.name, field.name.to_uppercase());
        let _ = if field.required {
            writeln!(headers, "        headers.insert({constant}, value(&self.{name}));")
        } else {
            writeln!(headers, "        if let Some(text) = &self.{name} {{ headers.insert({constant}, value(text)); }}")
        };
    }
    if operation.body.is_some() {
        headers.push_str("        headers.insert(CONTENT_TYPE, JSON);\n");
    }
    format!(
        "#[derive(Debug, Clone, Builder, Endpoint)]\n\
         #[endpoint(path = {path:?}, method = {:?}, response = \"Answer\", builder = \"true\")]\n\
         #[builder(setter(into, strip_option))]\n\
         pub struct {name} {{\n{fields}}}\n\
         impl {name} {{\n    pub fn into_request(self) -> Result<Request<Vec<u8>>, ClientError> {{\n        \
         let mut request = self.request(\"http://localhost\")?;\n        let headers = request.headers_mut();\n        \
         headers.insert(ACCEPT, JSON);\n{headers}        Ok(request)\n    }}\n}}\n",
        operation.method
    )
}
