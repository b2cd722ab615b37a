//! A command-line program without async: lists employees, and writes a document to a file as it arrives.

use stackone_api::{
    documents::DocumentsDownloadFileRequest, hris::HrisListEmployeesRequest, stackone::blocking::Client,
};
use stackone_examples::{Connection, arguments, exit, println};
use std::{env, error::Error, fs, process::ExitCode};

const USAGE: &str = "\
usage: blocking

Set STACKONE_API_KEY and STACKONE_ACCOUNT_ID to call https://api.stackone.com.
Without them, the program starts a local server that stands in for the API, and calls that.";

fn main() -> ExitCode {
    let _ = arguments(USAGE, &[]);
    exit(run())
}

fn run() -> Result<(), Box<dyn Error>> {
    // Only the server that stands in for the API needs a runtime. Without it, `Client::from_env()` is enough.
    let runtime = tokio::runtime::Runtime::new()?;
    let connection = runtime.block_on(Connection::open())?;
    let client = Client::new(connection.client.clone())?;

    list(&client, &connection.account)?;
    download(&client, &connection.account)
}

fn list(client: &Client, account: &str) -> Result<(), Box<dyn Error>> {
    let operation = HrisListEmployeesRequest::builder().x_account_id(account).build();
    for employee in client.items(operation) {
        println!("{}", employee?.display_name.as_deref().unwrap_or("(no name)"));
    }
    Ok(())
}

fn download(client: &Client, account: &str) -> Result<(), Box<dyn Error>> {
    let operation = DocumentsDownloadFileRequest::builder().x_account_id(account).id("file_1").build();
    let mut document = client.download(operation)?.value;

    // The process id keeps two runs apart.
    let path = env::temp_dir().join(format!("stackone-blocking-{}", std::process::id()));
    let size = document.copy_to_file(&path)?;
    println!("{size} bytes in {}", path.display());
    fs::remove_file(path)?;
    Ok(())
}
