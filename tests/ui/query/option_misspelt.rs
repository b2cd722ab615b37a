use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", response = String)]
struct ListUsersRequest {
    #[query(exploded = false)]
    fields: Option<Vec<String>>,
    #[query(curser)]
    next: Option<String>,
    #[query(flaten)]
    more: std::collections::BTreeMap<String, String>,
}

fn main() {
    let _ = ListUsersRequest::builder().fields([]).next("").more([]).build().into_http_request();
}
