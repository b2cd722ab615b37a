use stackone::stackone_operation;

#[derive(serde::Serialize)]
struct Page(u32);

impl From<u32> for Page {
    fn from(page: u32) -> Self {
        Self(page)
    }
}

#[derive(serde::Serialize)]
struct Id(String);

impl From<String> for Id {
    fn from(id: String) -> Self {
        Self(id)
    }
}

#[stackone_operation(method = "GET", path = "/users/{id}")]
struct GetUserRequest {
    #[path]
    id: Id,
    #[query]
    page: Option<Page>,
}

fn main() {
    let _ = GetUserRequest::builder().id(1).page("one").build();
}
