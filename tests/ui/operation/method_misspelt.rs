use stackone::stackone_operation;

#[stackone_operation(method = "DELTE", path = "/users")]
struct DeleteUserRequest;

fn main() {
    let _ = DeleteUserRequest::builder().build().into_http_request();
}
