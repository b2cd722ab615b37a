use stackone::stackone_operation;

struct Rule;

#[stackone_operation(method = "GET", path = "/users", response = Vec<String>, paging = Rule)]
struct ListUsersRequest;

fn main() {
    let client = stackone::Client::builder().build().unwrap();
    let _ = client.pages(ListUsersRequest::builder().build());
}
