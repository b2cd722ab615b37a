//! One client for each account, header, time limit or credential. They share connections, layers, hooks and retry budget.

use stackone::{Client, stackone_operation};
use stackone_examples::{Options, StandIn, no_arguments, println};
use std::{error::Error, time::Duration};

/// The account comes from the client, so that the operation has no field for it.
#[stackone_operation(method = "GET", path = "/unified/lms/users/{id}", response = text)]
struct GetUserRequest {
    #[path]
    id: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    no_arguments("Sends for two accounts, with another key, and without time, over the same connections.");
    let stand_in = StandIn::start(Options::default()).await?;
    let client = Client::builder().api_key(stand_in.api_key()).base_url(stand_in.base_url()).build()?;
    let operation = GetUserRequest::builder().id("usr_1").build();

    // A server makes such a client for each of its own requests.
    for account in [stand_in.account_id(), "another-account"] {
        let client = client.to_builder().header("x-account-id", account).build()?;
        match client.send(&operation).await {
            Ok(user) => println!("{account}: {}", user.value),
            Err(error) => println!("{account}: {error}"),
        }
    }

    let impatient = client.to_builder().timeout(Duration::ZERO).build()?;
    println!("without time: {:?}", impatient.send(&operation).await.map(|_| ()));
    let tenant = client.to_builder().api_key("another-key").build()?;
    println!("another key: {:?}", tenant.send(&operation).await.map(|_| ()));
    Ok(())
}
