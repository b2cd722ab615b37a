use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[header]
    connection: Option<String>,
    #[header]
    keep_alive: Option<String>,
    #[header("TE")]
    te: Option<String>,
    #[header]
    trailer: Option<String>,
    #[header]
    upgrade: Option<String>,
    #[header]
    proxy_authorization: Option<String>,
    #[header]
    expect: Option<String>,
}

fn main() {
    let _ = ListUsersRequest::builder().te("1").build().into_http_request();
}
