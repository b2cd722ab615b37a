use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", response = Vec<String>, paging = "link")]
struct ListUsersRequest;

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
