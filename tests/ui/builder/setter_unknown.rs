use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    page_size: Option<u32>,
}

fn main() {
    let _ = ListUsersRequest::builder().page_sise(1u32).build();
}
