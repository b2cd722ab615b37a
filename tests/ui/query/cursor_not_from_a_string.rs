use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", response = String)]
struct ListUsersRequest {
    #[query(cursor)]
    next: Option<u32>,
}

fn main() {
    let _ = ListUsersRequest::builder().next(1u32).build().into_http_request();
}
