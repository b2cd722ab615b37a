use stackone::stackone_operation;

#[stackone_operation(method = "GET", path = "/users", response = Vec<String>)]
struct ListUsersRequest {
    #[query]
    page: Option<u32>,
}

fn main() {
    let client = stackone::Client::builder().build().unwrap();
    let _ = client.pages(ListUsersRequest::builder().build());
}
