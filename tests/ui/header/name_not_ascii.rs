use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[header]
    größe: String,
    #[header("x-naïve")]
    naive: String,
}

fn main() {
    let _ = ListUsersRequest::builder().größe("1").naive("2").build().into_http_request();
}
