use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", headers("x-a" = "1\r\nx-b: 2", "x-c" = "\u{20ac}"))]
struct ListUsersRequest {
    #[query]
    page: Option<u8>,
}

fn main() {
    let _ = ListUsersRequest::builder().page(1).build().into_http_request();
}
