use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
mod users {
    pub struct ListUsersRequest;
}

fn main() {
    let _ = users::ListUsersRequest;
}
