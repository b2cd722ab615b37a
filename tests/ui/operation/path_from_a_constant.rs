use stackone::stackone_operation;

const USERS: &str = "/users";

#[stackone_operation(method = "GET", path = USERS)]
struct ListUsersRequest;

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
