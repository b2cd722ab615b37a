use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    team: Option<String>,
}

fn main() {
    let _ = ListUsersRequest::builder().team(None::<String>).build();
}
