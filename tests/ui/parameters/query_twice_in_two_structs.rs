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
    #[query("locale")]
    language: String,
}

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[parameters]
    common: Option<Common>,
    #[parameters]
    more: Option<More>,
}

fn main() {
    let _ = ListUsersRequest::builder().build();
}
