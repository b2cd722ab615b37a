use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/users", idempotent = true, passthrough = false, no_credentials = true)]
struct CreateUserRequest;

fn main() {
    let _ = CreateUserRequest::builder().build().into_http_request();
}
