use stackone::stackone_operation;

#[stackone_operation(metod = "GET", ptah = "/users", respone = u8)]
struct ListUsersRequest;

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
