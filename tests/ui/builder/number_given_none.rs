use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    page: Option<u32>,
    #[query]
    active: Option<bool>,
}

fn main() {
    let _ = ListUsersRequest::builder().page(None).active(Some(true)).build();
}
