use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    page: Option<String>,
    #[query("page")]
    number: Option<u32>,
}

fn main() {
    let _ = ListUsersRequest::builder().page("1").number(1u32).build().into_http_request();
}
