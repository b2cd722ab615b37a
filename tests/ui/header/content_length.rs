use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[header]
    content_length: u64,
}

fn main() {
    let _ = ListUsersRequest::builder().content_length(1u64).build().into_http_request();
}
