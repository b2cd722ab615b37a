use stackone::stackone_operation;

struct Field(String);

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    fields: Vec<Field>,
}

fn main() {
    let _ = ListUsersRequest::builder().fields([]).build().into_http_request();
}
