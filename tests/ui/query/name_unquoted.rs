use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query(page_size)]
    size: Option<String>,
}

fn main() {
    let _ = ListUsersRequest::builder().size("1").build().into_http_request();
}
