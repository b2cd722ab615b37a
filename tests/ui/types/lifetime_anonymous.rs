use stackone::stackone_operation;
use std::borrow::Cow;

#[stackone_operation(method = "PUT", path = "/users/{id}")]
struct PutUserRequest {
    #[path]
    id: Cow<'_, str>,
    #[body]
    body: &[u8],
}

fn main() {
    let _ = PutUserRequest::builder().id("1").body(&[1][..]).build().into_http_request();
}
