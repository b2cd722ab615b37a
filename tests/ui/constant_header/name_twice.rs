use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", headers("accept" = "text/csv", "Accept" = "text/plain"))]
struct ListUsersRequest {
    #[query]
    page: Option<u8>,
}

fn main() {
    let _ = ListUsersRequest::builder().page(1).build().into_http_request();
}
