use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", response_headers = "x-total")]
struct GetUserRequest;

fn main() {
    let _ = GetUserRequest.into_http_request();
}
