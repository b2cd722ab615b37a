use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/%2e%2E/accounts")]
struct ListUsersRequest;

#[stackone_operation(method = "GET", path = "/users/.%2e")]
struct ListActiveRequest;

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
    let _ = ListActiveRequest::builder().build().into_http_request();
}
