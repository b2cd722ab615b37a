use stackone::stackone_operation;

struct Users;

#[stackone_operation(method = "GET", path = "/users", response = Users)]
struct ListUsersRequest;

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
