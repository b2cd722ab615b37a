use stackone::stackone_operation;

struct Account(String);

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[header]
    account: Account,
}

fn main() {
    let _ = ListUsersRequest::builder().account(Account(String::new())).build().into_http_request();
}
