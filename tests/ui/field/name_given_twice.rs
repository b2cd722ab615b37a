use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query("a", rename = "b")]
    page: Option<u32>,
}

fn main() {
    let _ = ListUsersRequest::builder().page(1_u32).build().into_http_request();
}
