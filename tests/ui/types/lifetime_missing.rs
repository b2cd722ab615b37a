use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    page: Option<&str>,
}

fn main() {
    let _ = ListUsersRequest::builder().page("1").build().into_http_request();
}
