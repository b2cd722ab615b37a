use stackone::stackone_operation;

#[stackone_operation(method = "HEAD", path = "/users")]
struct CheckUsersRequest {
    #[body]
    filter: Option<String>,
}

fn main() {
    let _ = CheckUsersRequest::builder().filter("1").build().into_http_request();
}
