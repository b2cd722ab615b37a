use stackone::stackone_operation;

#[stackone_operation(method = "POST", path = "/users/{id}")]
#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct CreateUserRequest {
    #[path]
    id: String,
    #[query]
    page_size: Option<u32>,
    #[query("per_page")]
    per_page: Option<u32>,
    #[header]
    x_account_id: String,
    #[body]
    new_user: String,
}

fn main() {
    let _ = CreateUserRequest::builder().id("1").x_account_id("2").new_user("3").build().into_http_request();
}
