use stackone::stackone_operation;

struct Page(u32);

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    page: Page,
}

fn main() {
    let _ = ListUsersRequest::builder().page(Page(1)).build().into_http_request();
}
