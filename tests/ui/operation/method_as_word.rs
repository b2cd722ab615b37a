use stackone::stackone_operation;

#[stackone_operation(GET, "/users")]
struct ListUsersRequest;

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
