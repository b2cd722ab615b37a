use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest<T> {
    #[query]
    page: Option<u32>,
}

fn main() {}
