use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{id}")]
struct GetUserRequest {
    #[path]
    id: UserId,
    #[query]
    page: Option<Page>,
}

fn main() {
    let _ = GetUserRequest::builder().id("1").page(1).build().into_http_request();
}
