use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{id}")]
struct GetUserRequest {
    #[path]
    id: String
    #[query]
    page: Option<u32>,
}

fn main() {}
