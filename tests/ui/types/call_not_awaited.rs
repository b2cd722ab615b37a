use stackone::{Client, Error, stackone_operation};

#[stackone_operation(method = "GET", path = "/users", response = Vec<String>)]
struct ListUsersRequest;

async fn users(client: &Client) -> Result<usize, Error> {
    let users = client.send(ListUsersRequest)?;
    Ok(users.len())
}

fn main() {
    let _ = users;
}
