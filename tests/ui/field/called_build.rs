use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    build: String,
}

fn main() {
    let _ = ListUsersRequest { build: String::new() }.into_http_request();
}
