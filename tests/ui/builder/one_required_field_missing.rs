use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{id}")]
struct GetUserRequest {
    #[path]
    id: String,
    #[header("x-account-id")]
    x_account_id: String,
}

fn main() {
    let _ = GetUserRequest::builder().x_account_id("1").build().into_http_request();
}
