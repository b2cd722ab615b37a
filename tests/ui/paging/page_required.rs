use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", response = Vec<String>)]
struct ListUsersRequest {
    #[query(page)]
    page: u32,
}

fn main() {
    let _ = ListUsersRequest::builder().page(1).build().into_http_request();
}
