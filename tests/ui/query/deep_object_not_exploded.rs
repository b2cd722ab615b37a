use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query(style = "deepObject", explode = false)]
    filter: Option<std::collections::BTreeMap<String, String>>,
}

fn main() {
    let _ = ListUsersRequest::builder().filter([]).build().into_http_request();
}
