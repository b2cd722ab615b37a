use stackone::stackone_operation;

#[derive(stackone::Parameters)]
struct Common {
    #[header("x-account-id")]
    account: String,
    #[query]
    locale: Option<String>,
}

#[derive(stackone::Parameters)]
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
