use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/../accounts")]
struct ListUsersRequest;

#[stackone_operation(method = "GET", path = "/users/./active")]
struct ListActiveRequest;

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
    let _ = ListActiveRequest::builder().build().into_http_request();
}
