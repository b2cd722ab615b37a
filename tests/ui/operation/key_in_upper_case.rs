use stackone::stackone_operation;

#[stackone_operation(Method = "GET", PATH = "/users")]
struct ListUsersRequest;

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
