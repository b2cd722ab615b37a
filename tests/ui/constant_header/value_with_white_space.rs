use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", headers("x-a" = " 1", "x-account-id" = ""))]
struct ListUsersRequest {
    #[query]
    page: Option<u8>,
}

fn main() {
    let _ = ListUsersRequest::builder().page(1).build().into_http_request();
}
