use stackone::stackone_operation;

#[stackone_operation("GET /users", response = String)]
struct ListUsersRequest;

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
