use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query(default = 25)]
    page_size: Option<u32>,
}

fn main() {
    let _ = ListUsersRequest::builder().page_size(1u32).build().into_http_request();
}
