use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query(cursor)]
    next: Option<String>,
}

fn main() {
    let _ = ListUsersRequest::builder().next("1").build().into_http_request();
}
