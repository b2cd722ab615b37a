use stackone::stackone_operation;

#[stackone_operation(method = "HEAD", path = "/users", response = u8)]
struct CheckUsersRequest;

fn main() {
    let _ = CheckUsersRequest::builder().build().into_http_request();
}
