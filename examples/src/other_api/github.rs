//! GitHub, as <https://docs.github.com/en/rest> describes it.

use super::{header, json};
use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header::LINK};
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
        ("GET", ["repos", _, _, "issues"]) => list_issues(request),
        ("POST", ["repos", _, _, "issues"]) => create_issue(request),
        ("POST", ["repos", _, _, "releases", _, "assets"]) => upload_asset(request, header("content-type")),
        _ => json(StatusCode::NOT_FOUND, &json!({"message": "Not Found"})),
    }
}

#[derive(Deserialize)]
struct Issues {
    #[serde(default = "first_page")]
    page: usize,
    #[serde(default = "default_page_size")]
    per_page: usize,
}

fn first_page() -> usize {
    1
}

fn default_page_size() -> usize {
    30
}

/// A page of the issues. All pages except the last link to the next one.
fn list_issues(request: &Request<Bytes>) -> Response<Bytes> {
    let titles = ["Rusty gears", "Carry the one", "Divide by zero", "Loose belt", "Steam leak"];
    let Ok(Issues { page, per_page }) = serde_html_form::from_str(request.uri().query().unwrap_or_default()) else {
        return json(StatusCode::UNPROCESSABLE_ENTITY, &json!({"message": "`page` or `per_page` is not a number"}));
    };
    let start = page.saturating_sub(1).saturating_mul(per_page);
    let issues: Vec<Value> = titles.iter().skip(start).take(per_page).map(|title| json!({"title": title})).collect();
    let mut response = json(StatusCode::OK, &issues.into());
    let next = format!("<{}?per_page={per_page}&page={}>; rel=\"next\"", request.uri().path(), page.saturating_add(1));
    if start.saturating_add(per_page) < titles.len()
        && let Ok(next) = HeaderValue::try_from(next)
    {
        response.headers_mut().insert(LINK, next);
    }
    response
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
