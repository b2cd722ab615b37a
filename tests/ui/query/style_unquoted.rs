use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query(style = deepObject)]
    filter: Option<String>,
}

fn main() {
    let _ = ListUsersRequest::builder().filter("1").build().into_http_request();
}
