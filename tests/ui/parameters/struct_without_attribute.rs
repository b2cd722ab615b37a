use stackone::stackone_operation;

struct Common {
    account: String,
}

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[parameters]
    common: Option<Common>,
}

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
    let _ = Common { account: String::new() }.account;
}
