use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{id}")]
struct GetUserRequest {
    #[path]
    id: String,
}

#[stackone_operation(method = "DELETE", path = "/users/{id}")]
struct DeleteUserRequest {
    #[path]
    id: String,
}

fn main() {
    let _ = GetUserRequest::builder().build();
    let _ = DeleteUserRequest::builder().build();
}
