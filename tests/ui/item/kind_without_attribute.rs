use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest;

struct GetUserRequest {
    #[query]
    id: String,
}

fn main() {
    let _ = ListUsersRequest;
    let _ = GetUserRequest { id: String::new() };
}
