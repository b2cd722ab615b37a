//! Lists the employees that changed this year, with the fields that the program needs, page by page.

use stackone_api::{
    hris::{HrisListEmployeesFilter, HrisListEmployeesRequest},
    stackone::Timestamp,
};
use stackone_examples::{Connection, arguments, exit, println};
use std::{error::Error, process::ExitCode};

const USAGE: &str = "\
usage: list_employees

Set STACKONE_API_KEY and STACKONE_ACCOUNT_ID to call https://api.stackone.com.
Without them, the program starts a local server that stands in for the API, and calls that.";

#[tokio::main]
async fn main() -> ExitCode {
    let _ = arguments(USAGE, &[]);
    exit(list().await)
}

async fn list() -> Result<(), Box<dyn Error>> {
    let Connection { client, account, .. } = &Connection::open().await?;
    let since: Timestamp = "2025-01-01T00:00:00Z".parse()?;
    let operation = HrisListEmployeesRequest::builder()
        .x_account_id(account.as_str())
        .filter(HrisListEmployeesFilter::new().updated_after(since))
        .fields(["id", "display_name", "employment_status", "updated_at"])
        .page_size("100")
        .build();

    let mut employees = client.items(operation);
    while let Some(employee) = employees.try_next().await? {
        let id = employee.id.as_deref().unwrap_or("without an id");
        let name = employee.display_name.as_deref().unwrap_or("without a name");
        // The value of StackOne, which is one of a few. `source_value` is the value of the provider.
        let status = employee.employment_status.and_then(|status| status.value);
        println!("{id}: {name}, {}", status.as_ref().map_or("unknown", |status| status.as_str()));
    }
    Ok(())
}
