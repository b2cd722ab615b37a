use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", headers("Accept" = "text/csv"))]
struct ListUsersRequest {
    #[header]
    accept: Option<String>,
}

fn main() {
    let _ = ListUsersRequest::builder().accept("1").build().into_http_request();
}
