use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
#[derive(serde::Serialize)]
struct ListUsersRequest {
    #[query]
    #[cfg_attr(all(), serde(rename = "pageSize"))]
    page_size: Option<u32>,
}

fn main() {
    let _ = ListUsersRequest::builder().page_size(1).build().into_http_request();
}
