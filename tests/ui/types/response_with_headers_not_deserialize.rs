use stackone::stackone_operation;

pub struct User;

stackone::response_headers!(pub struct Headers { pub total: u64 = "x-total" });

#[stackone_operation(method = "GET", path = "/users", response = User, response_headers = Headers)]
struct GetUserRequest;

fn main() {
    let _ = GetUserRequest.into_http_request();
}
