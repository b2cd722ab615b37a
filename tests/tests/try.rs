#![allow(missing_docs)]
use stackone::*;
#[derive(Debug, Clone, serde::Serialize)]
pub struct Dto {
    a: u8,
}
#[derive(serde::Deserialize)]
pub struct CreateResult {
    pub x: u8,
}

/// hi
#[stackone_operation(method = "POST", path = "/unified/lms/users/{id}/assignments", response = CreateResult)]
#[derive(Debug, Clone)]
pub struct LmsCreateUserAssignmentRequest {
    /// The user's id.
    #[path]
    id: String,
    #[header("x-account-id")]
    x_account_id: String,
    #[header]
    prefer: Option<String>,
    #[query(style = "deepObject")]
    filter: Option<std::collections::BTreeMap<String, serde_json::Value>>,
    #[query]
    fields: Vec<f64>,
    #[body]
    assignment: Dto,
}

#[test]
fn go() {
    let op = LmsCreateUserAssignmentRequest::builder()
        .id("a b/..")
        .x_account_id("acc")
        .assignment(Dto { a: 1 })
        .filter(std::collections::BTreeMap::from([(
            "x".to_owned(),
            serde_json::json!({"y": [1, {"z": "é"}], "n": null}),
        )]))
        .fields([1.5, 1e21])
        .build();
    let r = op.into_http_request().unwrap();
    println!("{r:?}");
    let bad = LmsCreateUserAssignmentRequest::builder()
        .id("..")
        .x_account_id("acc")
        .assignment(Dto { a: 1 })
        .fields([])
        .build();
    println!("{}", bad.into_http_request().unwrap_err());
}
