use stackone::stackone_operation;

#[stackone_operation(method = "FETCH", path = "/users")]
struct FetchUsersRequest;

fn main() {
    let _ = FetchUsersRequest::builder().build().into_http_request();
}
