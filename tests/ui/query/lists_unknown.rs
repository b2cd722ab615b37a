use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query(style = "deepObject", lists = "bracket")]
    filter: std::collections::BTreeMap<String, String>,
    #[query(style = "deepObject", lists = "commas")]
    sort: std::collections::BTreeMap<String, String>,
}

fn main() {
    let _ = ListUsersRequest::builder();
}
