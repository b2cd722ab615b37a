use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/users")]
struct CreateUserRequest {
    #[body(content_type = "text/csv\r\nx: y")]
    user: String,
}

fn main() {
    let _ = CreateUserRequest::builder().user("1").build().into_http_request();
}
