use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest {
    #[query]
    page: fn() -> u32,
}

fn one() -> u32 {
    1
}

fn main() {
    let _ = ListUsersRequest::builder().page(one as fn() -> u32).build();
}
