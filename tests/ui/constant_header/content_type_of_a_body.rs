use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/users", headers("content-type" = "text/csv"))]
struct ListUsersRequest {
    #[body]
    page: Option<String>,
}

fn main() {
    let _ = ListUsersRequest::builder().page("1").build().into_http_request();
}
