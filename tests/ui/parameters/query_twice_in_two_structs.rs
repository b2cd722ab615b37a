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
