use stackone::stackone_operation;

struct Page(u32);

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest<'a> {
    #[query(style = "deepObject")]
    pages: &'a [(u8, Page)],
}

fn main() {
    let _ = ListUsersRequest::builder().pages(&[][..]).build().into_http_request();
}
