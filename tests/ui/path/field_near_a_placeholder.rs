use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{userId}/assignments/{subResourceId}")]
struct GetAssignmentRequest {
    #[path]
    user_id: String,
    #[path("subResourceID")]
    sub_resource_id: String,
}

fn main() {
    let _ = GetAssignmentRequest::builder().user_id("1").sub_resource_id("2").build().into_http_request();
}
