use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", response = String)]
struct ListUsersRequest {
    #[query(flatten, cursor)]
    next: Option<String>,
}

fn main() {
    let _ = ListUsersRequest::builder().next("").build().into_http_request();
}
