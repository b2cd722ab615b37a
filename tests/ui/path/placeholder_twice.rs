use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{id}/friends/{id}")]
struct GetFriendRequest {
    #[path]
    id: String,
}

fn main() {
    let _ = GetFriendRequest::builder().id("1").build().into_http_request();
}
