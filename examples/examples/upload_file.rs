//! Uploads a file. The JSON body has its content as base64.

use stackone_api::documents::{DocumentsUploadFileRequest, FileFormatEnumValue, UnifiedUploadRequestDto};
use stackone_examples::{Connection, arguments, exit, println};
use std::{error::Error, fs, process::ExitCode};

const USAGE: &str = "\
usage: upload_file [PATH]

Set STACKONE_API_KEY and STACKONE_ACCOUNT_ID to call https://api.stackone.com.
Without them, the program starts a local server that stands in for the API, and calls that.";

#[tokio::main]
async fn main() -> ExitCode {
    exit(upload(arguments(USAGE, &["PATH"]).pop()).await)
}

/// Uploads the text file with this path, or a greeting.
async fn upload(path: Option<String>) -> Result<(), Box<dyn Error>> {
    let Connection { client, account, .. } = &Connection::open().await?;
    let (name, content) = match path {
        Some(path) => {
            let content = fs::read(&path).map_err(|error| format!("the argument PATH is `{path}`: {error}"))?;
            (path, content)
        }
        None => ("greeting.txt".to_owned(), b"Good morning".to_vec()),
    };
    let file = UnifiedUploadRequestDto::new().name(name).file_format(FileFormatEnumValue::Txt).content(content);
    let operation = DocumentsUploadFileRequest::builder().x_account_id(account.as_str()).body(file).build();

    let uploaded = client.send(operation).await?;
    println!("{}: {}", uploaded.status(), uploaded.value.message.as_deref().unwrap_or_default());
    Ok(())
}
