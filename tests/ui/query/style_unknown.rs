use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query(style = "csv")]
    fields: Option<Vec<String>>,
}

fn main() {
    let _ = ListUsersRequest::builder().fields([]).build().into_http_request();
}
