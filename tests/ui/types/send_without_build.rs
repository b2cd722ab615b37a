use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users/{id}")]
struct GetUserRequest {
    #[path]
    id: String,
}

fn send(_: impl stackone::Operation) {}

fn main() {
    send(GetUserRequest::builder().id("1"));
}
