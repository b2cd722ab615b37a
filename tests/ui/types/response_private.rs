use stackone::stackone_operation;

#[derive(serde::Deserialize)]
struct Users;

#[stackone_operation(method = "GET", path = "/users", response = Vec<Users>)]
pub struct ListUsersRequest;

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
