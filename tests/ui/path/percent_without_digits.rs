use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/100%")]
struct ListUsersRequest;

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
