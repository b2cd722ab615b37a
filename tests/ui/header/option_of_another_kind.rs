use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[header("x-account-id", flatten)]
    account: String,
}

fn main() {
    let _ = ListUsersRequest::builder().account("1").build().into_http_request();
}
