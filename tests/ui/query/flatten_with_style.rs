use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query(flatten, style = "deepObject", explode = true)]
    more: std::collections::BTreeMap<String, String>,
}

fn main() {
    let _ = ListUsersRequest::builder().more([]).build().into_http_request();
}
