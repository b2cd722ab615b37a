#![deny(unused_must_use)]

use stackone::{Client, stackone_operation};

#[stackone_operation(method = "DELETE", path = "/users/1")]
struct DeleteUserRequest;

fn delete(client: &Client) {
    client.send(DeleteUserRequest);
}

fn main() {
    let _ = delete;
}
