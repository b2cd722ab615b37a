use stackone::{stackone_operation, stackone_parameters};

struct Account;

#[stackone_parameters]
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
