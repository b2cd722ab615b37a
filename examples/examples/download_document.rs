//! Downloads a document to a file, with progress. The file appears once it is complete, and is never in memory as a whole.

use stackone_api::documents::DocumentsDownloadFileRequest;
use stackone_examples::{Connection, arguments, exit, println};
use std::{env, error::Error, fs, process::ExitCode};

const USAGE: &str = "\
usage: download_document [FILE_ID]

Set STACKONE_API_KEY and STACKONE_ACCOUNT_ID to call https://api.stackone.com.
Without them, the program starts a local server that stands in for the API, and calls that.";

#[tokio::main]
async fn main() -> ExitCode {
    let id = arguments(USAGE, &["FILE_ID"]).pop();
    exit(download(id.unwrap_or_else(|| "file_1".to_owned())).await)
}

async fn download(id: String) -> Result<(), Box<dyn Error>> {
    let Connection { client, account, .. } = &Connection::open().await?;
    let operation = DocumentsDownloadFileRequest::builder().x_account_id(account.as_str()).id(id).build();

    // If the connection is lost, the client requests the rest.
    let document = client.send(operation).await?.value;
    println!("{} ({})", document.file_name().unwrap_or("no name"), document.content_type().unwrap_or("no type"));

    // The process id keeps two runs apart.
    let directory = env::temp_dir().join(format!("stackone-document-{}", std::process::id()));
    fs::create_dir_all(&directory)?;
    // The name is never a path, so that the file stays in the directory.
    let path = directory.join(document.file_name().unwrap_or("document"));
    let size = document
        .on_progress(|progress| println!("{} of {:?} bytes", progress.received(), progress.total()))
        .copy_to_file(&path)
        .await?;
    println!("{size} bytes in {}", path.display());
    fs::remove_dir_all(directory)?;
    Ok(())
}
