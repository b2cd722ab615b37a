use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query(explode = "false")]
    fields: Option<Vec<String>>,
    #[query(explode)]
    expand: Option<Vec<String>>,
}

fn main() {
    let _ = ListUsersRequest::builder().fields([]).expand([]).build().into_http_request();
}
