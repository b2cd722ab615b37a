use stackone::stackone_operation;

struct User {
    name: String,
}

#[stackone_operation(method = "POST", path = "/users")]
struct CreateUserRequest {
    #[body(content_type = "application/x-www-form-urlencoded")]
    user: User,
}

fn main() {
    let _ = CreateUserRequest::builder().user(User { name: String::new() }).build().into_http_request();
}
