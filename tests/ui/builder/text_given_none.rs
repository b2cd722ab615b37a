use stackone::{Prefer, stackone_operation};

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    team: Option<String>,
    #[query]
    tags: Option<Vec<String>>,
    #[header]
    prefer: Option<Prefer>,
}

fn main() {
    let _ = ListUsersRequest::builder().team(None).tags(None).prefer(None).build();
}
