use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/all users")]
struct ListUsersRequest;

#[stackone_operation(method = "GET", path = "/cafés")]
struct ListCafesRequest;

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
    let _ = ListCafesRequest::builder().build().into_http_request();
}
