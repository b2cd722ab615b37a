use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    page: Option<String>,
    #[query]
    maybe_page: String,
}

fn main() {
    let _ = ListUsersRequest::builder().page("1").maybe_page(None);
}
