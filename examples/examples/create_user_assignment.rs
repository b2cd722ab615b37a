//! Assigns a learning object to a user, and shows the heartbeats while the server is working.

use stackone_api::{
    lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest},
    stackone::{Operation, Prefer},
};
use stackone_examples::{Connection, arguments, exit, heartbeat, println, show};
use std::{error::Error, process::ExitCode};

const USAGE: &str = "\
usage: create_user_assignment [USER_ID [LEARNING_OBJECT_REFERENCE]]

Set STACKONE_API_KEY and STACKONE_ACCOUNT_ID to call https://api.stackone.com.
Without them, the program starts a local server that stands in for the API, and calls that.";

#[tokio::main]
async fn main() -> ExitCode {
    exit(assign(arguments(USAGE, &["USER_ID", "LEARNING_OBJECT_REFERENCE"])).await)
}

async fn assign(arguments: Vec<String>) -> Result<(), Box<dyn Error>> {
    let Connection { client, account, .. } = &Connection::open().await?;
    let mut arguments = arguments.into_iter();
    let operation = LmsCreateUserAssignmentRequest::builder()
        .id(arguments.next().unwrap_or_else(|| "usr_1".to_owned()))
        .x_account_id(account.as_str())
        .prefer(Prefer::heartbeat())
        .body(LmsCreateAssignmentRequestDto::new(arguments.next().unwrap_or_else(|| "course-42".to_owned())))
        .build();
    show(&operation.to_http_request()?);

    let created = client.send(operation).on_heartbeat(|beat| heartbeat(beat.count)).await?;

    println!("\n{} after {} heartbeats: {:#?}", created.status(), created.heartbeats(), created.value);
    Ok(())
}
