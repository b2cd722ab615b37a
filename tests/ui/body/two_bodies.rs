use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/users")]
struct CreateUserRequest {
    #[body]
    name: String,
    #[body]
    email: String,
}

fn main() {
    let _ = CreateUserRequest::builder().name("1").email("2").build().into_http_request();
}
