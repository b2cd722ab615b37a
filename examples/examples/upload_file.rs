//! Uploads a file. The JSON body has its content as base64.

use stackone_api::documents::{DocumentsUploadFileRequest, FileFormatEnumValue, UnifiedUploadRequestDto};
use stackone_examples::{Connection, exit};
use std::{env, error::Error, fs, process::ExitCode};

#[tokio::main]
async fn main() -> ExitCode {
    exit(upload(env::args().nth(1)).await)
}

/// Uploads the text file with this path, or a greeting.
async fn upload(path: Option<String>) -> Result<(), Box<dyn Error>> {
    let Connection { client, account, .. } = &Connection::open().await?;
    let (name, content) = match path {
        Some(path) => (path.clone(), fs::read(path)?),
        None => ("greeting.txt".to_owned(), b"Good morning".to_vec()),
    };
    let file = UnifiedUploadRequestDto::new().name(name).file_format(FileFormatEnumValue::Txt).content(content);
    let operation = DocumentsUploadFileRequest::builder().x_account_id(account.as_str()).body(file).build();

    let uploaded = client.send(operation).await?;
    println!("{}: {}", uploaded.status(), uploaded.message.as_deref().unwrap_or_default());
    Ok(())
}
