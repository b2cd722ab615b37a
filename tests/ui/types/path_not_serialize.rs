use stackone::stackone_operation;

struct UserId(String);

#[stackone_operation(method = "GET", path = "/users/{id}")]
struct GetUserRequest {
    #[path]
    id: UserId,
}

fn main() {
    let _ = GetUserRequest::builder().id(UserId(String::new())).build().into_http_request();
}
