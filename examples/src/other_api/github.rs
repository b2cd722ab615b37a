//! GitHub, as <https://docs.github.com/en/rest> describes it.

use super::{header, json};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Asset {
    name: String,
    label: Option<String>,
}

pub(super) fn answer(request: &Request<Bytes>) -> Response<Bytes> {
    let header = |name| header(request.headers(), name);
    if header("authorization") != "Bearer token" {
        return json(StatusCode::UNAUTHORIZED, &json!({"message": "Bad credentials"}));
    }
    if header("accept") != "application/vnd.github+json" || header("x-github-api-version") != "2022-11-28" {
        return json(StatusCode::BAD_REQUEST, &json!({"message": "Use the version 2022-11-28"}));
    }
    let segments: Vec<&str> = request.uri().path().split('/').skip(1).collect();
    match (request.method().as_str(), &segments[..]) {
        ("POST", ["repos", _, _, "issues"]) => create_issue(request),
        ("POST", ["repos", _, _, "releases", _, "assets"]) => upload_asset(request, header("content-type")),
        _ => json(StatusCode::NOT_FOUND, &json!({"message": "Not Found"})),
    }
}

fn create_issue(request: &Request<Bytes>) -> Response<Bytes> {
    let issue: Value = serde_json::from_slice(request.body()).unwrap_or_default();
    if !issue["title"].is_string() {
        let errors = json!([{"resource": "Issue", "field": "title", "code": "missing_field"}]);
        let error = json!({"message": "Validation Failed", "errors": errors});
        return json(StatusCode::UNPROCESSABLE_ENTITY, &error);
    }
    let labels = issue["labels"].as_array().into_iter().flatten();
    let labels: Vec<Value> = labels.map(|name| json!({"name": name})).collect();
    let issue =
        json!({"number": 7, "state": "open", "title": issue["title"], "body": issue.get("body"), "labels": labels});
    json(StatusCode::CREATED, &issue)
}

fn upload_asset(request: &Request<Bytes>, content_type: &str) -> Response<Bytes> {
    let Ok(asset) = serde_html_form::from_str::<Asset>(request.uri().query().unwrap_or_default()) else {
        return json(StatusCode::BAD_REQUEST, &json!({"message": "Bad Content-Length, or no name"}));
    };
    let size = request.body().len();
    let asset = json!({"name": asset.name, "label": asset.label, "size": size, "content_type": content_type});
    json(StatusCode::CREATED, &asset)
}
