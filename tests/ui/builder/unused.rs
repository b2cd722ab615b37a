#![deny(unused_must_use)]

use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    page: Option<u32>,
}

fn main() {
    let builder = ListUsersRequest::builder();
    builder.page(1u32);
}
