//! A server that knows the description: it checks each request, and answers with a sample of the response.

use super::sample::{DOCUMENT, Sample, sample};
use serde_json::{Value, json};
use stackone_api::stackone::{
    bytes::Bytes,
    http::{Request, Response, StatusCode, header},
};
use stackone_tests::compare;
use std::collections::BTreeSet;

/// The content of a download. Heartbeats must not be removed from it.
pub(crate) const FILE: &[u8] = b"\n\n\xff\x00{";

/// An operation in the description.
#[derive(Debug)]
pub(crate) struct Described {
    pub(crate) id: &'static str,
    pub(crate) method: String,
    pub(crate) path: &'static str,
    operation: &'static Value,
}

/// The operations in the description.
pub(crate) fn described() -> Vec<Described> {
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let of_path = |(path, operations): (&'static String, &'static Value)| {
        operations.as_object().unwrap().iter().map(move |(method, operation)| Described {
            id: operation["operationId"].as_str().unwrap(),
            method: method.to_uppercase(),
            path,
            operation,
        })
    };
    paths.iter().flat_map(of_path).collect()
}

impl Described {
    /// The parameters, as the description has them.
    pub(crate) fn parameters(&self) -> &'static [Value] {
        self.operation["parameters"].as_array().map_or(&[], Vec::as_slice)
    }

    /// The schema of the body, if there is one.
    pub(crate) fn body(&self) -> Option<&'static Value> {
        self.operation.pointer("/requestBody/content/application~1json/schema")
    }

    /// The success status, and the schema of its JSON.
    pub(crate) fn success(&self) -> (StatusCode, Option<&'static Value>) {
        let responses = self.operation["responses"].as_object().unwrap();
        let (status, response) = responses.iter().find(|(status, _)| status.starts_with('2')).unwrap();
        (status.parse().unwrap(), response.pointer("/content/application~1json/schema").filter(|_| is_json(response)))
    }

    /// Whether the description has a response without a body beside the one with JSON.
    pub(crate) fn may_be_empty(&self) -> bool {
        self.operation["responses"]["204"].as_object().is_some_and(|response| !response.contains_key("content"))
    }

    /// Whether the segments of a path are those of the template. The literal segments must be equal.
    fn matches(&self, segments: &[&str]) -> bool {
        let template: Vec<&str> = self.path.split('/').collect();
        template.len() == segments.len()
            && template
                .iter()
                .zip(segments)
                .all(|(of_template, given)| of_template.starts_with('{') || of_template == given)
    }
}

/// Whether JSON is the only media type of a response. A download may also be JSON.
fn is_json(response: &Value) -> bool {
    response["content"].as_object().is_some_and(|content| content.len() == 1)
}

/// The operation of a request. If the path fits several templates, it is the one with the fewest placeholders.
pub(crate) fn operation_of<'a>(all: &'a [Described], request: &Request<Bytes>) -> Result<&'a Described, String> {
    let segments: Vec<&str> = request.uri().path().split('/').collect();
    all.iter()
        .filter(|described| described.method == request.method().as_str() && described.matches(&segments))
        .min_by_key(|described| described.path.matches('{').count())
        .ok_or_else(|| format!("no operation for {} {}", request.method(), request.uri()))
}

/// What the description does not allow in a request.
pub(crate) fn check(described: &Described, request: &Request<Bytes>) -> Result<(), String> {
    let target = request.uri().path_and_query().unwrap().as_str();
    let pairs = compare::pairs(target)?;
    let in_query = |name: &str| pairs.iter().any(|(key, _)| key == name || key.starts_with(&format!("{name}[")));
    let mut known = BTreeSet::new();
    for parameter in described.parameters() {
        let name = parameter["name"].as_str().unwrap();
        let is_sent = match parameter["in"].as_str().unwrap() {
            "header" => request.headers().contains_key(name),
            "query" => {
                known.insert(name);
                in_query(name)
            }
            // The path fits the template, whose segments are not empty.
            _ => true,
        };
        if parameter["required"] == true && !is_sent {
            return Err(format!("{name} is required"));
        }
    }
    if let Some((key, _)) = pairs.iter().find(|(key, _)| !known.contains(key.split('[').next().unwrap())) {
        return Err(format!("{key} is not in the description"));
    }
    let is_described = |name: &str| described.parameters().iter().any(|parameter| parameter["name"] == name);
    if request.headers().contains_key("prefer") && !is_described("Prefer") {
        return Err("Prefer is not in the description".to_owned());
    }
    let accept = request.headers().get(header::ACCEPT).map_or("", |value| value.to_str().unwrap());
    if described.success().1.is_some() && accept != "application/json" {
        return Err(format!("the response is JSON, and the request accepts {accept:?}"));
    }
    let media_type = request.headers().get(header::CONTENT_TYPE);
    match described.body() {
        Some(_) if media_type.is_none_or(|it| it != "application/json") => Err("the body is not JSON".to_owned()),
        Some(_) => compare::json(request.body()).map(|_| ()).map_err(|error| error.to_string()),
        None if request.body().is_empty() && media_type.is_none() => Ok(()),
        None => Err("there is a body".to_owned()),
    }
}

/// A sample of the answer, and the response with it. Preferred heartbeats stand before JSON.
pub(crate) fn answer(described: &Described, request: &Request<Bytes>) -> Response<Bytes> {
    let (status, schema) = described.success();
    let mut response = Response::new(match schema {
        Some(schema) => {
            let beats = if request.headers().contains_key("prefer") { "\n\n\n" } else { "" };
            format!("{beats}{}", sample(schema, Sample::Full)).into()
        }
        None => Bytes::from_static(FILE),
    });
    *response.status_mut() = status;
    response
}

/// The page of a list after a cursor: two items, none, and a page without `data`.
pub(crate) fn page(described: &Described, cursor: Option<&str>) -> Value {
    let (_, schema) = described.success();
    let mut page = sample(schema.unwrap(), Sample::Full);
    match cursor {
        None => page["next"] = json!("second"),
        Some("second") => (page["next"], page["data"]) = (json!("third"), json!([])),
        Some("third") => page = json!({"next": null}),
        Some(other) => panic!("the cursor {other:?}"),
    }
    page
}
