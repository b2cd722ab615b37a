//! Downloads a document. The bytes are written to a file as they arrive, and are never in memory as a whole.

use stackone_api::documents::DocumentsDownloadFileRequest;
use stackone_examples::{Connection, exit};
use std::{
    env,
    error::Error,
    fs::{self, File},
    io::Write,
    process::ExitCode,
};

#[tokio::main]
async fn main() -> ExitCode {
    exit(download(env::args().nth(1).unwrap_or_else(|| "file_1".to_owned())).await)
}

async fn download(id: String) -> Result<(), Box<dyn Error>> {
    let Connection { client, account, .. } = &Connection::open().await?;
    let operation = DocumentsDownloadFileRequest::builder().x_account_id(account.as_str()).id(id).build();

    let response = client.send(operation).await?;
    println!("{:?}", response.headers().get("content-disposition"));
    let mut chunks = response.into_inner();

    // The process id keeps two runs apart.
    let path = env::temp_dir().join(format!("stackone-document-{}", std::process::id()));
    let mut file = File::create(&path)?;
    let mut size = 0;
    while let Some(chunk) = chunks.try_next().await? {
        file.write_all(&chunk)?;
        size += chunk.len();
    }
    println!("{size} bytes in {}", path.display());
    fs::remove_file(path)?;
    Ok(())
}
