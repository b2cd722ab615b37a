use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{userId}")]
struct GetUserRequest {
    #[path = "userId"]
    user_id: String,
}

fn main() {
    let _ = GetUserRequest::builder().user_id("1").build().into_http_request();
}
