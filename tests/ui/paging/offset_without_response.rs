use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query(offset)]
    offset: Option<u32>,
}

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
