//! ruma's macros. They have no builder and need a module for each operation.

use super::Contender;
use crate::operation::{Field, Operation};
use std::fmt::Write as _;

pub(super) const CONTENDER: Contender = Contender {
    name: "ruma, no builder",
    package: "with_ruma",
    dependencies: &["http", "ruma-common", "serde"],
    prelude: r#"
pub use ruma_common::api::OutgoingRequestExt;
use http::header::HeaderName;

const X_ACCOUNT_ID: HeaderName = HeaderName::from_static("x-account-id");
const PREFER: HeaderName = HeaderName::from_static("prefer");
const X_SESSION_TOKEN: HeaderName = HeaderName::from_static("x-session-token");

#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Answer { pub message: Option<String> }

/// ruma leaves `Accept` to its user.
pub fn accept(mut request: http::Request<Vec<u8>>) -> http::Request<Vec<u8>> {
    request.headers_mut().insert(http::header::ACCEPT, http::HeaderValue::from_static("application/json"));
    request
}
"#,
    declare,
    makes_requests: true,
    call,
};

fn declare(operation: &Operation) -> String {
    let mut fields = String::new();
    let mut add = |place: &str, field: &Field| {
        let _ = writeln!(fields, "        #[ruma_api({place})] pub {}: {},", field.name, field.ty());
    };
    operation.paths.iter().for_each(|field| add("path", field));
    operation.headers.iter().for_each(|field| add(&format!("header = {}", field.name.to_uppercase()), field));
    operation.query.iter().for_each(|field| add("query", field));
    if operation.body.is_some() {
        let _ = writeln!(fields, "        #[ruma_api(body)] pub body: crate::{},", operation.body_name());
    }
    format!(
        "pub mod {} {{\n    #[allow(unused_imports)]\n    use crate::{{PREFER, X_ACCOUNT_ID, X_SESSION_TOKEN}};\n    use ruma_common::{{api::{{auth_scheme::NoAuthentication, request, response}}, metadata}};\n    \
         metadata! {{\n        method: {},\n        rate_limited: false,\n        authentication: NoAuthentication,\n        \
         path: {:?},\n    }}\n    #[request]\n    pub struct Request {{\n{fields}    }}\n    \
         impl Request {{\n        #[allow(clippy::too_many_arguments)]\n        \
         pub fn new({}) -> Self {{\n            Self {{ {} }}\n        }}\n    }}\n    \
         #[response]\n    pub struct Response {{\n        #[ruma_api(body)] pub answer: crate::Answer,\n    }}\n}}\n{}",
        operation.name().to_lowercase(),
        operation.method,
        operation.path,
        list(operation, |name, ty| format!("{name}: {ty}")),
        list(operation, |name, _| name.to_owned()),
        super::body(operation),
    )
}

/// The parameters of a constructor. The macro makes the struct `non_exhaustive`, so that other crates cannot use a literal.
fn list(operation: &Operation, item: impl Fn(&str, &str) -> String) -> String {
    let mut items: Vec<String> = operation.parameters().map(|field| item(&field.name, &field.ty())).collect();
    if operation.body.is_some() {
        items.push(item("body", &format!("crate::{}", operation.body_name())));
    }
    items.join(", ")
}

fn call(operation: &Operation) -> String {
    let mut values: Vec<String> = operation
        .parameters()
        .map(|field| {
            let value = field.kind.owned();
            if field.required { value.to_owned() } else { format!("Some({value})") }
        })
        .collect();
    values.extend(operation.body_value());
    format!(
        "accept({}::Request::new({}).try_into_http_request(\"\", (), ()).unwrap())",
        operation.name().to_lowercase(),
        values.join(", ")
    )
}
