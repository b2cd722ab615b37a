use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/users")]
struct CreateUserRequest {
    #[body(content_type = "multipart/form-data")]
    user: Vec<u8>,
}

fn main() {
    let _ = CreateUserRequest::builder().user([]).build().into_http_request();
}
