//! Creates an issue on GitHub and uploads a file to a release. A server on loopback stands in for GitHub.

use serde::{Deserialize, Serialize};
use stackone::{Client, bytes::Bytes, stackone_operation};
use stackone_examples::{OtherApi, no_arguments, println};
use std::error::Error;

#[stackone_operation(method = "POST", path = "/repos/ada/{repo}/issues", response = Issue,
    headers("accept" = "application/vnd.github+json", "x-github-api-version" = "2022-11-28"))]
struct CreateIssueRequest {
    #[path]
    repo: String,
    #[body]
    issue: NewIssue,
}

#[derive(Serialize)]
struct NewIssue {
    title: String,
    labels: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Issue {
    number: u64,
}

#[stackone_operation(method = "POST", path = "/repos/ada/{repo}/releases/{release}/assets", response = serde_json::Value,
    headers("accept" = "application/vnd.github+json", "x-github-api-version" = "2022-11-28"))]
struct UploadAssetRequest {
    #[path]
    repo: String,
    #[path]
    release: u64,
    #[query]
    name: String,
    /// It replaces the media type of the body.
    #[header]
    content_type: String,
    #[body(content_type = "application/octet-stream")]
    content: Bytes,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    no_arguments("Creates an issue and uploads a file to a release.");
    let (api, uploads) = (OtherApi::GitHub.start().await?, OtherApi::GitHub.start().await?);
    let client = Client::builder().bearer_token("token").base_url(api.base_url()).build()?;

    let issue = NewIssue { title: "Rusty gears".to_owned(), labels: vec!["bug".to_owned()] };
    let create = CreateIssueRequest::builder().repo("engine").issue(issue).build();
    println!("created issue {}", client.send(create).await?.value.number);

    let upload = UploadAssetRequest::builder().repo("engine").release(1).name("engine 1.0.zip");
    let upload = upload.content_type("application/zip").content(&b"PK\x03\x04"[..]).build();
    // GitHub has another host for files: https://uploads.github.com.
    println!("uploaded {}", client.send(upload).base_url(uploads.base_url()).await?.value);
    Ok(())
}
