use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", timeout = 30)]
struct ListUsersRequest;

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
