use serde::Serialize;
use stackone::{Prefer, stackone_operation};

#[derive(Debug, Clone, Serialize)]
pub struct Assignment {
    learning_object_external_reference: String,
}

#[stackone_operation(method = "POST", path = "/unified/lms/users/{id}/assignments")]
#[derive(Debug, Clone)]
pub struct CreateUserAssignmentRequest {
    #[path] id: String,
    #[header("x-account-id")] x_account_id: String,
    #[header] prefer: Option<Prefer>,
    #[body] assignment: Assignment,
}

fn main() {
    let operation = CreateUserAssignmentRequest::builder()
        .x_account_id("acc_1")
        .prefer(Prefer::heartbeat())
        .assignment(Assignment { learning_object_external_reference: "course-42".into() })
        .build();
}
