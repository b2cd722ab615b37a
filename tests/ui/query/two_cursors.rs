use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", response = String)]
struct ListUsersRequest {
    #[query(cursor)]
    next: Option<String>,
    #[query(cursor)]
    page: Option<String>,
}

fn main() {
    let _ = ListUsersRequest::builder().next("1").page("1").build().into_http_request();
}
