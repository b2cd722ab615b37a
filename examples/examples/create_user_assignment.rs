//! Assigns a learning object to a user, and shows the heartbeats while the server is working.

use stackone::{
    Client, Operation, Prefer,
    lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest},
};
use stackone_examples::{Options, StandIn, exit, heartbeat, show};
use std::{env, error::Error, process::ExitCode};

const USAGE: &str = "\
usage: create_user_assignment [USER_ID [LEARNING_OBJECT_REFERENCE]]

Set STACKONE_API_KEY and STACKONE_ACCOUNT_ID to call https://api.stackone.com.
Without them, the program starts a local server that stands in for the API, and calls that.";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.len() > 2 || arguments.iter().any(|argument| argument.starts_with('-')) {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    }
    exit(assign(arguments).await)
}

async fn assign(arguments: Vec<String>) -> Result<(), Box<dyn Error>> {
    let stand_in;
    let (client, account) = match (env::var("STACKONE_API_KEY"), env::var("STACKONE_ACCOUNT_ID")) {
        (Ok(key), Ok(account)) => (Client::builder().api_key(key), account),
        (Err(_), Err(_)) => {
            stand_in = StandIn::start(Options::default()).await?;
            let client = Client::builder().api_key(stand_in.api_key()).base_url(stand_in.base_url());
            (client, stand_in.account_id().to_owned())
        }
        (Ok(_), Err(_)) => return Err("STACKONE_API_KEY is set, so set STACKONE_ACCOUNT_ID too".into()),
        (Err(_), Ok(_)) => return Err("STACKONE_ACCOUNT_ID is set, so set STACKONE_API_KEY too".into()),
    };
    let mut arguments = arguments.into_iter();
    let operation = LmsCreateUserAssignmentRequest::builder()
        .id(arguments.next().unwrap_or_else(|| "usr_1".to_owned()))
        .x_account_id(account)
        .prefer(Prefer::heartbeat())
        .assignment(LmsCreateAssignmentRequestDto::new(arguments.next().unwrap_or_else(|| "course-42".to_owned())))
        .build();
    show(&operation.to_http_request()?);

    let created = client.build()?.send(operation).on_heartbeat(|beat| heartbeat(beat.count)).await?;

    println!("\n{} after {} heartbeats: {:#?}", created.status(), created.heartbeats(), *created);
    Ok(())
}
