use stackone::stackone_operation;

struct User;

#[stackone_operation(method = "GET", path = "/users", response = Vec<User>)]
struct ListUsersRequest;

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
