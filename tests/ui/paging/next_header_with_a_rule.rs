use stackone::stackone_operation;

struct Rule;

#[stackone_operation(method = "GET", path = "/users", response = Vec<String>, paging = Rule)]
struct ListUsersRequest {
    #[query(cursor, next_header = "x-next")]
    after: Option<String>,
}

fn main() {
    let _ = ListUsersRequest::builder().build().into_http_request();
}
