use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", response = Vec<String>)]
struct ListUsersRequest {
    #[header(page)]
    page: Option<u32>,
}

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
