use stackone::stackone_operation;
use std::borrow::Cow;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    page: Cow<str>,
}

fn main() {}
