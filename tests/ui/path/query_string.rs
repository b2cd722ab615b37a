use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users?page_size={page_size}")]
struct ListUsersRequest {
    #[query]
    page_size: Option<String>,
}

fn main() {
    let _ = ListUsersRequest::builder().page_size("1").build().into_http_request();
}
