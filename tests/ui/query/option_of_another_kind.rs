use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query(sensitive, content_type = "text/csv", idempotent)]
    page: Option<String>,
}

fn main() {
    let _ = ListUsersRequest::builder().page("1").build().into_http_request();
}
