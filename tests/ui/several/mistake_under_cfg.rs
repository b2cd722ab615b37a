use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[cfg(any())]
    #[query(style = "wrong")]
    not_compiled: u8,
    #[cfg_attr(all(), query(style = "wrong"))]
    compiled: u8,
}

fn main() {
    let _ = ListUsersRequest::builder().compiled(1).build().into_http_request();
}
