use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query(style = "deepObject", lists = indices)]
    filter: std::collections::BTreeMap<String, String>,
}

fn main() {
    let _ = ListUsersRequest::builder();
}
