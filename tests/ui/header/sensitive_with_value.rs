use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[header("x-api-session-token", sensitive = "x")]
    token: String,
}

fn main() {
    let _ = ListUsersRequest::builder().token("1").build().into_http_request();
}
