use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", header("accept" = "text/csv"))]
struct ListUsersRequest {
    #[query]
    page: Option<u8>,
}

fn main() {
    let _ = ListUsersRequest::builder().page(1).build().into_http_request();
}
