use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    page: dyn ::std::fmt::Debug,
}

fn main() {}
