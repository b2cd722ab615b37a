use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{id}")]
struct GetUserRequest {
    #[path]
    id: str,
}

fn main() {
    let _ = std::mem::size_of::<&GetUserRequest>();
}
