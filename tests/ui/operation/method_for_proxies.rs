use stackone::stackone_operation;

#[stackone_operation(method = "TRACE", path = "/users/{id}")]
struct GetUserRequest {
    #[path]
    id: String,
}

fn main() {
    let _ = GetUserRequest::builder().id("1").build().into_http_request();
}
