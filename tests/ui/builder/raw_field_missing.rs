use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    r#type: String,
}

fn main() {
    let _ = ListUsersRequest::builder().build();
}
