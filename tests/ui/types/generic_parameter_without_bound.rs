use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users")]
struct ListUsersRequest<T> {
    #[query]
    page: T,
}

fn main() {
    let _ = ListUsersRequest::<u8>::builder().page(1).build().into_http_request();
}
