use stackone::stackone_operation;

struct Account;

#[derive(stackone::Parameters)]
struct Common {
    #[header]
    account: Option<Account>,
}

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[parameters]
    common: Option<Common>,
}

fn main() {
    let _ = ListUsersRequest::builder().build();
}
