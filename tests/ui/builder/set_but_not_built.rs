use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{id}")]
struct GetUserRequest {
    #[path]
    id: String,
}

fn main() {
    let request: GetUserRequest = GetUserRequest::builder().id("1");
    let _ = request.into_http_request();
}
