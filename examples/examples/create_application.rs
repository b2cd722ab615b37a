//! Applies for a job with a new candidate, and reads the application back.

use stackone_api::{
    ats::{AtsCreateApplicationRequest, AtsCreateApplicationRequestDto, AtsGetApplicationRequest, CreateCandidate},
    stackone::Prefer,
};
use stackone_examples::{Connection, arguments, exit, println};
use std::{error::Error, process::ExitCode};

const USAGE: &str = "\
usage: create_application

Set STACKONE_API_KEY and STACKONE_ACCOUNT_ID to call https://api.stackone.com.
Without them, the program starts a local server that stands in for the API, and calls that.";

#[tokio::main]
async fn main() -> ExitCode {
    let _ = arguments(USAGE, &[]);
    exit(apply().await)
}

async fn apply() -> Result<(), Box<dyn Error>> {
    let Connection { client, account, .. } = &Connection::open().await?;
    let candidate = CreateCandidate::new().first_name("Ada").last_name("Lovelace").email("ada@example.com");
    let create = AtsCreateApplicationRequest::builder()
        .x_account_id(account.as_str())
        .prefer(Prefer::heartbeat())
        .body(AtsCreateApplicationRequestDto::new().job_id("job_1").candidate(candidate))
        .build();

    let created = match client.send(create).await {
        Ok(created) => created.value,
        // The application may exist: look for it before another try.
        Err(error) if error.outcome_unknown() => return Err(format!("not known to be written: {error}").into()),
        Err(error) => return Err(error.into()),
    };
    let id = created.data.and_then(|data| data.id).ok_or("the API returned no id")?;

    let get = AtsGetApplicationRequest::builder().x_account_id(account.as_str()).id(id).build();
    println!("{:#?}", client.send(get).await?.value.data);
    Ok(())
}
