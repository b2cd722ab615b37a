use stackone::{Client, Error, page::List, stackone_operation};

#[stackone_operation(method = "GET", path = "/users", response = List<String>)]
struct ListUsersRequest;

async fn users(client: &Client) -> Result<Vec<String>, Error> {
    let response = client.send(ListUsersRequest).await?;
    Ok(response.data)
}

fn main() {
    let _ = users;
}
