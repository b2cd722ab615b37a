use stackone::stackone_operation;

#[stackone_operation(method = "post", path = "/users")]
struct CreateUserRequest;

fn main() {
    let _ = CreateUserRequest::builder().build().into_http_request();
}
