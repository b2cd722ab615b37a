use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[header("Transfer-Encoding")]
    encoding: String,
}

fn main() {
    let _ = ListUsersRequest::builder().encoding("1").build().into_http_request();
}
