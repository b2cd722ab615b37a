use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[header("x-account-id")]
    account: String,
    #[header("X-Account-ID")]
    other: String,
}

fn main() {
    let _ = ListUsersRequest::builder().account("1").other("2").build().into_http_request();
}
