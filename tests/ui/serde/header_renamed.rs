use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
#[derive(serde::Serialize)]
struct ListUsersRequest {
    #[serde(rename(serialize = "account", deserialize = "id"))]
    #[header(sensitive)]
    x_account_id: String,
}

fn main() {
    let _ = ListUsersRequest::builder().x_account_id("1").build().into_http_request();
}
