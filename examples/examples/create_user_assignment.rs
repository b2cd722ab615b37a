//! Assigns a course to a user, and shows the heartbeats while the server works.
//!
//! Without a key it talks to a stand-in on a loopback port that it starts itself.

use stackone::{
    Client, Error, Prefer,
    lms::{LmsCreateAssignmentRequestDto, LmsCreateUserAssignmentRequest},
};
use stackone_examples::{Options, StandIn};
use std::{env, error::Error as StdError, io::Write, process::ExitCode};

const USAGE: &str = "\
usage: create_user_assignment [USER_ID [LEARNING_OBJECT_REFERENCE]]

With STACKONE_API_KEY and STACKONE_ACCOUNT_ID set it talks to https://api.stackone.com,
without them to a stand-in on a loopback port.";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument.starts_with('-')) || arguments.len() > 2 {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    }
    match run(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &[String]) -> Result<(), Box<dyn StdError>> {
    let argument = |index, default| arguments.get(index).map_or(default, String::as_str);
    let stand_in;
    let (client, account) = match (env::var("STACKONE_API_KEY"), env::var("STACKONE_ACCOUNT_ID")) {
        (Ok(key), Ok(account)) => (Client::builder().api_key(key), account),
        (Ok(_), Err(_)) => return Err("STACKONE_API_KEY is set, so STACKONE_ACCOUNT_ID must be set too".into()),
        (Err(_), Ok(_)) => return Err("STACKONE_ACCOUNT_ID is set, so STACKONE_API_KEY must be set too".into()),
        (Err(_), Err(_)) => {
            stand_in = StandIn::start(Options::default()).await?;
            let client = Client::builder().api_key(stand_in.api_key()).base_url(stand_in.base_url());
            (client, stand_in.account_id().to_owned())
        }
    };
    let operation = LmsCreateUserAssignmentRequest::builder()
        .id(argument(0, "usr_1"))
        .x_account_id(account)
        .prefer(Prefer::heartbeat())
        .assignment(LmsCreateAssignmentRequestDto::new(argument(1, "course-42")))
        .build();
    show(&operation)?;
    let created = client.build()?.send(operation).on_heartbeat(|_| print_beat()).await?;
    println!("\n{} after {} heartbeats: {:?}", created.status(), created.heartbeats(), *created);
    Ok(())
}
