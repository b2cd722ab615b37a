use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{id}")]
#[stackone_operation(method = "DELETE", path = "/users/{id}")]
struct UserRequest {
    #[path]
    id: String,
}

fn main() {
    let _ = UserRequest::builder().id("1").build().into_http_request();
}
