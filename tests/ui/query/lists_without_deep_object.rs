use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query(lists = "brackets")]
    ids: Vec<String>,
    #[query(style = "pipeDelimited", lists = "repeat")]
    tags: Vec<String>,
}

fn main() {
    let _ = ListUsersRequest::builder();
}
