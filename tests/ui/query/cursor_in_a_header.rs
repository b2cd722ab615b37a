use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", response = String)]
struct ListUsersRequest {
    #[header(cursor)]
    next: Option<String>,
}

fn main() {
    let _ = ListUsersRequest::builder().next("1").build().into_http_request();
}
