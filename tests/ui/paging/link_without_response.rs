use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", paging = link)]
struct ListUsersRequest;

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
