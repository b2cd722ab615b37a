use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query = page_size]
    page: u32,
}

fn main() {
    let _ = ListUsersRequest::builder().page(1u32).build().into_http_request();
}
