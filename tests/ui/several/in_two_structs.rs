use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{id}")]
struct GetUserRequest {
    #[path]
    user: String,
}

#[stackone_operation(method = "DELETE", path = "/users/{id}")]
struct DeleteUserRequest {
    id: String,
}

fn main() {
    let _ = GetUserRequest::builder().user("1").build().into_http_request();
    let _ = DeleteUserRequest::builder().id("1").build().into_http_request();
}
