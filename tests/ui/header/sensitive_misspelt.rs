use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[header("x-api-session-token", senstive)]
    token: String,
}

fn main() {
    let _ = ListUsersRequest::builder().token("1").build().into_http_request();
}
