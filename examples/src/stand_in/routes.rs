//! The operations of the stand-in.

use super::{ACCOUNT_ID, Received};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{
    Method, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

/// The `Authorization` header for the API key: `stand-in-key:` in base64 (HTTP Basic).
const AUTHORIZED: &str = "Basic c3RhbmQtaW4ta2V5Og==";

const TIMESTAMP: &str = "2026-01-01T00:00:00.000Z";

/// What the server answers.
pub(super) enum Answer {
    /// An error. It has no heartbeats.
    Error(StatusCode, Value),
    Json(StatusCode, Value),
    File(&'static str),
}

fn error(status: StatusCode, message: &str) -> Answer {
    Answer::Error(status, json!({"statusCode": status.as_u16(), "message": message, "timestamp": TIMESTAMP}))
}

/// The answer to a request. The checks have the order of the API.
pub(super) fn answer(request: &Received) -> Answer {
    let header = |name: &str| request.headers.get(name).and_then(|value| value.to_str().ok());
    if header(AUTHORIZATION.as_str()) != Some(AUTHORIZED) {
        return Answer::Error(StatusCode::UNAUTHORIZED, json!({"error": "Unauthorized: the API key is not known"}));
    }
    let Some(operation) = Operation::of(request) else {
        return error(StatusCode::NOT_FOUND, &format!("Cannot {} {}", request.method, request.target));
    };
    if header("x-account-id") != Some(ACCOUNT_ID) {
        return error(StatusCode::NOT_FOUND, "Account not found");
    }
    if request.method == Method::POST && header(CONTENT_TYPE.as_str()) != Some("application/json") {
        return error(StatusCode::BAD_REQUEST, "The body is not JSON");
    }
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    match operation {
        Operation::GetUser(id) => Answer::Json(StatusCode::OK, json!({"data": {"id": id}})),
        Operation::CreateAssignment(user) => create_assignment(user, &body),
        Operation::CreateCompletion(user) => create_completion(user),
        Operation::ListEmployees => list_employees(&query(&request.target)),
        Operation::CreateApplication => create_application(&body),
        Operation::GetApplication(id) => get_application(id),
        Operation::RunAction => run_action(&body),
        Operation::DownloadFile => Answer::File("This is the contract.\n"),
        Operation::UploadFile => upload_file(&body),
    }
}

enum Operation<'a> {
    GetUser(&'a str),
    CreateAssignment(&'a str),
    CreateCompletion(&'a str),
    ListEmployees,
    CreateApplication,
    GetApplication(&'a str),
    RunAction,
    DownloadFile,
    UploadFile,
}

impl<'a> Operation<'a> {
    fn of(request: &'a Received) -> Option<Self> {
        let path = request.target.split('?').next().unwrap_or_default();
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        if segments.contains(&"") {
            return None;
        }
        match (request.method.as_str(), &segments[..]) {
            ("GET", ["unified", "lms", "users", id]) => Some(Self::GetUser(id)),
            ("POST", ["unified", "lms", "users", id, "assignments"]) => Some(Self::CreateAssignment(id)),
            ("POST", ["unified", "lms", "users", id, "completions"]) => Some(Self::CreateCompletion(id)),
            ("GET", ["unified", "hris", "employees"]) => Some(Self::ListEmployees),
            ("POST", ["unified", "ats", "applications"]) => Some(Self::CreateApplication),
            ("GET", ["unified", "ats", "applications", id]) => Some(Self::GetApplication(id)),
            ("POST", ["actions", "rpc"]) => Some(Self::RunAction),
            ("GET", ["unified", "documents", "files", _, "download"]) => Some(Self::DownloadFile),
            ("POST", ["unified", "documents", "files", "upload"]) => Some(Self::UploadFile),
            _ => None,
        }
    }
}

/// The parameters of the query, decoded.
fn query(target: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let query = target.split_once('?').map_or("", |(_, query)| query);
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| (decoded(key), decoded(value)))
        .collect()
}

fn created(data: &Value) -> Answer {
    let message = "Record created successfully.";
    let status = StatusCode::CREATED;
    Answer::Json(status, json!({"statusCode": 201, "message": message, "timestamp": TIMESTAMP, "data": data}))
}

fn create_assignment(user: &str, body: &Value) -> Answer {
    if !body["learning_object_external_reference"].is_string() {
        return error(StatusCode::BAD_REQUEST, "learning_object_external_reference must be a string");
    }
    if user == "unknown" {
        return error(StatusCode::NOT_FOUND, "User not found");
    }
    created(&json!({"id": format!("asg_{user}"), "remote_id": null}))
}

/// The provider of some users does not answer, so that nobody knows whether the completion was recorded.
fn create_completion(user: &str) -> Answer {
    if user.ends_with("999") {
        return error(StatusCode::BAD_GATEWAY, "The provider does not answer");
    }
    created(&json!({"id": format!("cmp_{user}"), "remote_id": null}))
}

/// Employees that changed after `filter[updated_after]`, two on a page. The page without a cursor is the last.
fn list_employees(query: &[(String, String)]) -> Answer {
    const EMPLOYEES: [(&str, &str, &str); 5] = [
        ("emp_1", "Ada Lovelace", "2025-11-03T09:00:00.000Z"),
        ("emp_2", "Alan Turing", "2024-02-10T09:00:00.000Z"),
        ("emp_3", "Grace Hopper", "2025-12-24T09:00:00.000Z"),
        ("emp_4", "Edsger Dijkstra", "2025-06-01T09:00:00.000Z"),
        ("emp_5", "Barbara Liskov", "2025-01-02T09:00:00.000Z"),
    ];
    let value = |name: &str| query.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value);
    // Instants with the same format compare as text.
    let after = value("filter[updated_after]");
    let start = value("next").strip_prefix("after_").and_then(|start| start.parse().ok()).unwrap_or(0);
    let changed: Vec<_> = EMPLOYEES.iter().filter(|(.., updated_at)| *updated_at > after).collect();
    let page: Vec<Value> = changed
        .iter()
        .skip(start)
        .take(2)
        .map(|(id, name, updated_at)| {
            let status = json!({"value": "active", "source_value": "A"});
            json!({"id": id, "display_name": name, "updated_at": updated_at, "employment_status": status})
        })
        .collect();
    let next = (start + 2 < changed.len()).then(|| format!("after_{}", start + 2));
    Answer::Json(StatusCode::OK, json!({"next": next, "data": page}))
}

fn create_application(body: &Value) -> Answer {
    if !body["job_id"].is_string() || !(body["candidate"].is_object() || body["candidate_id"].is_string()) {
        return error(StatusCode::BAD_REQUEST, "job_id and a candidate are required");
    }
    created(&json!({"id": "app_1", "remote_id": "4711"}))
}

fn get_application(id: &str) -> Answer {
    let status = json!({"value": "active", "source_value": "In review"});
    let candidate = json!({"name": "Ada Lovelace", "email": "ada@example.com"});
    let data = json!({"id": id, "job_id": "job_1", "candidate": candidate, "application_status": status});
    Answer::Json(StatusCode::OK, json!({"data": data}))
}

fn run_action(body: &Value) -> Answer {
    match body["action"].as_str() {
        Some("slack_send_message") => {
            let data = json!({"ok": true, "channel": body["body"]["channel"], "ts": "1767225600.000100"});
            Answer::Json(StatusCode::OK, json!({"data": data}))
        }
        _ => error(StatusCode::NOT_FOUND, "Action not found"),
    }
}

fn upload_file(body: &Value) -> Answer {
    match body["content"].as_str().map(|content| STANDARD.decode(content)) {
        Some(Ok(content)) => {
            let message = format!("{} bytes stored.", content.len());
            Answer::Json(StatusCode::CREATED, json!({"statusCode": 201, "message": message, "timestamp": TIMESTAMP}))
        }
        _ => error(StatusCode::BAD_REQUEST, "content must be the file in base64"),
    }
}
