use stackone::stackone_operation;

#[derive(serde::Serialize)]
struct User {
    name: String,
}

#[stackone_operation(method = "PUT", path = "/users/{id}")]
struct PutUserRequest {
    #[path]
    id: String,
    #[header("x-account-id")]
    x_account_id: String,
    #[body]
    user: User,
}

fn main() {
    let _ = PutUserRequest::builder().id("1").build().into_http_request();
}
