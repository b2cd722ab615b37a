//! Runs an action of a provider by its name: `POST /actions/rpc`.

use serde_json::json;
use stackone_api::stackone::{ActionsRpcRequestDto, ObjectOrObjectList, StackoneRpcActionRequest, model};
use stackone_examples::{Connection, arguments, exit, println};
use std::{error::Error, process::ExitCode};

const USAGE: &str = "\
usage: run_action

Set STACKONE_API_KEY and STACKONE_ACCOUNT_ID to call https://api.stackone.com.
Without them, the program starts a local server that stands in for the API, and calls that.";

#[tokio::main]
async fn main() -> ExitCode {
    let _ = arguments(USAGE, &[]);
    exit(run().await)
}

async fn run() -> Result<(), Box<dyn Error>> {
    let Connection { client, account, .. } = &Connection::open().await?;
    let message: model::JsonObject = [("channel", json!("#general")), ("text", json!("Good morning"))]
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .collect();
    let operation =
        StackoneRpcActionRequest::builder().body(ActionsRpcRequestDto::new("slack_send_message").body(message)).build();

    // The description of this operation has no parameter for the account.
    let result = client.send(operation).header("x-account-id", account.as_str()).await?.value;
    match result.data {
        Some(ObjectOrObjectList::Object(data)) => println!("{data:#?}"),
        Some(ObjectOrObjectList::ObjectList(list)) => println!("{} objects: {list:#?}", list.len()),
        other => println!("{other:?}"),
    }
    Ok(())
}
