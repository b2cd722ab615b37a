use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{id}")]
struct GetUserRequest {
    #[path]
    id: u64,
    #[query]
    page: Option<u32>,
}

fn main() {
    let users = [1, 2];
    let _ = GetUserRequest::builder().id("1").page(users.len()).build();
}
