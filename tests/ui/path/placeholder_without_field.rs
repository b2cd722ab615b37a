use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{id}/assignments/{subResourceId}")]
struct GetAssignmentRequest {
    #[path]
    id: String,
}

fn main() {
    let _ = GetAssignmentRequest::builder().id("1").build().into_http_request();
}
