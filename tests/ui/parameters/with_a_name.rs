use stackone::{stackone_operation, stackone_parameters};

#[stackone_parameters]
struct Common {
    #[header("x-account-id")]
    account: String,
    #[query]
    locale: Option<String>,
}

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[parameters("common")]
    common: Option<Common>,
}

fn main() {
    let _ = ListUsersRequest::builder().build();
}
