use stackone::{stackone_operation, stackone_parameters};

#[stackone_parameters]
struct Common {
    #[header("x-account-id")]
    account: String,
    #[query]
    locale: Option<String>,
}

#[stackone_parameters]
struct More {
    #[parameters]
    common: Common,
}

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[parameters]
    more: Option<More>,
}

fn main() {
    let _ = ListUsersRequest::builder().build();
}
