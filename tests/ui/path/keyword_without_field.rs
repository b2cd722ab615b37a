use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{type}/{self}/{2fa}")]
struct GetUserRequest;

fn main() {
    let _ = GetUserRequest::builder().build().into_http_request();
}
