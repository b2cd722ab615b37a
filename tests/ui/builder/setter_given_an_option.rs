use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    page: Option<u32>,
}

fn main() {
    let page: Option<u32> = Some(1);
    let _ = ListUsersRequest::builder().page(page).build();
}
