use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", response = Vec<String>)]
struct ListUsersRequest {
    #[query(page)]
    page: Option<String>,
}

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
