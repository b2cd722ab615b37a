use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/users")]
struct CreateUserRequest {
    #[cookies]
    session: Option<String>,
    #[headers]
    x_account_id: String,
    #[parts]
    file: String,
}

fn main() {
    let _ = CreateUserRequest::builder().x_account_id("1").file("a").build().into_http_request();
}
