use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query("a")]
    page: Option<String>,
    #[query("b")]
    page: Option<String>,
}

fn main() {
    let _ = ListUsersRequest::builder().page("1");
}
