use stackone::stackone_operation;

#[stackone_operation(method = "get", path = "/users/{id}")]
struct GetUserRequest {
    #[path]
    id: String,
}

fn main() {
    let _ = GetUserRequest::builder().build().into_http_request();
}
