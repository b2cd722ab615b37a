use stackone::stackone_operation;

struct ListUsersRequest;

#[stackone_operation(method = "GET", path = "/users")]
impl ListUsersRequest {}

fn main() {
    let _ = ListUsersRequest;
}
