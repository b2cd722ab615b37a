use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", response = String)]
struct ListUsersRequest {
    #[query(cursor)]
    next: String,
}

fn main() {
    let _ = ListUsersRequest::builder().next("1").build().into_http_request();
}
