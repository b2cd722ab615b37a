use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query("a")]
    page: Option<u32>,
    #[query("b")]
    page: String,
}

fn main() {}
