use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    page: Pag,
}

fn main() {
    let _ = ListUsersRequest::builder();
}
