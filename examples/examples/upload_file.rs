//! Uploads a file. Its content is base64 inside of the JSON body.

use base64::{Engine, engine::general_purpose::STANDARD};
use stackone_api::documents::{
    DocumentsUploadFileRequest, FileFormatEnum, FileFormatEnumValue, UnifiedUploadRequestDto,
};
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
    let file = UnifiedUploadRequestDto::new()
        .name(name)
        .file_format(FileFormatEnum::new().value(FileFormatEnumValue::Txt))
        .content(STANDARD.encode(content));
    let operation = DocumentsUploadFileRequest::builder().x_account_id(account.as_str()).body(file).build();

    let uploaded = client.send(operation).await?;
    println!("{}: {}", uploaded.status(), uploaded.message.as_deref().unwrap_or_default());
    Ok(())
}
