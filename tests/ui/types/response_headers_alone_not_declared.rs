use stackone::stackone_operation;

pub struct Headers {
    pub total: u64,
}

#[stackone_operation(method = "GET", path = "/users", response_headers = Headers)]
struct GetUserRequest;

fn main() {
    let _ = GetUserRequest.into_http_request();
}
