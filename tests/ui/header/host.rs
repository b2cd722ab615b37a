use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[header]
    host: String,
}

fn main() {
    let _ = ListUsersRequest::builder().host("1").build().into_http_request();
}
