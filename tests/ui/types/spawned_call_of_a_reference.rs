use stackone::{Client, stackone_operation};

#[stackone_operation(method = "GET", path = "/users", response = Vec<String>)]
struct ListUsersRequest;

fn start(client: &Client) {
    let operation = ListUsersRequest;
    tokio::spawn(client.send(&operation));
}

fn main() {
    let _ = start;
}
