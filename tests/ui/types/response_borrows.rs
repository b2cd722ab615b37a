use stackone::stackone_operation;

#[derive(serde::Deserialize)]
struct Users<'a> {
    name: &'a str,
}

#[stackone_operation(method = "GET", path = "/users", response = Users<'static>)]
struct ListUsersRequest;

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
