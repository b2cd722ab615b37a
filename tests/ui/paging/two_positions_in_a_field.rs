use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", response = Vec<String>)]
struct ListUsersRequest {
    #[query(page, offset)]
    page: Option<u32>,
}

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
