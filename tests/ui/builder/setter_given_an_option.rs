use stackone::stackone_operation;

#[derive(serde::Serialize)]
struct Page(u32);

impl From<u32> for Page {
    fn from(page: u32) -> Self {
        Self(page)
    }
}

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    page: Option<Page>,
}

fn main() {
    let page: Option<u32> = Some(1);
    let _ = ListUsersRequest::builder().page(page).build();
}
