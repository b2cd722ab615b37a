use stackone::stackone_operation;

#[derive(serde::Deserialize)]
struct User {}

#[stackone_operation(method = "GET", path = "/users", response = User)]
struct ListUsersRequest {
    #[query(page)]
    page: Option<u32>,
}

fn main() {
    let client = stackone::Client::builder().build().unwrap();
    let _ = client.items(ListUsersRequest::builder().build());
}
