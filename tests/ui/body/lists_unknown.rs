use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/users")]
struct CreateUserRequest {
    #[body(content_type = "application/x-www-form-urlencoded", style = "deepObject", lists = "indexes")]
    user: String,
}

fn main() {
    let _ = CreateUserRequest::builder().user("name=Ada").build().into_http_request();
}
