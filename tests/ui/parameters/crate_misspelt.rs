use stackone::{stackone_operation, stackone_parameters};

#[stackone_parameters(crat = stackone)]
struct Common {
    #[query]
    account: String,
}

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[parameters]
    common: Option<Common>,
}

fn main() {
    let _ = ListUsersRequest::builder().build();
}
