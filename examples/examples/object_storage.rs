//! Stores an object as in S3 and reads a range of it: the content is the body, and its version and length are in headers. A server
//! on loopback stands in for the storage. The example `sign_requests` adds signatures.

use stackone::{Client, bytes::Bytes, response_headers, stackone_operation};
use stackone_examples::{OtherApi, no_arguments, println};
use std::error::Error;

response_headers! {
    #[derive(Debug)]
    struct ObjectHeaders {
        etag: String = "etag",
        author: Option<String> = "x-amz-meta-author",
        range: Option<String> = "content-range",
    }
}

#[stackone_operation(method = "PUT", path = "/{bucket}/{key}", response_headers = ObjectHeaders)]
struct PutObjectRequest {
    #[path]
    bucket: String,
    #[path]
    key: String,
    #[header("x-amz-meta-author")]
    author: Option<String>,
    #[body(content_type = "application/octet-stream")]
    content: Bytes,
}

#[stackone_operation(method = "GET", path = "/{bucket}/{key}", response = bytes, response_headers = ObjectHeaders)]
struct GetObjectRequest {
    #[path]
    bucket: String,
    #[path]
    key: String,
    #[header]
    range: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    no_arguments("Stores an object and reads a part of it.");
    let storage = OtherApi::ObjectStorage.start().await?;
    let client = Client::builder().bearer_token("token").base_url(storage.base_url()).build()?;

    let put = PutObjectRequest::builder().bucket("reports").key("2026/gears & wheels.csv").author("Ada");
    let stored = client.send(put.content(&b"gear,teeth\nfirst,12\n"[..]).build()).await?;
    println!("stored {}", stored.value.etag);

    let get = GetObjectRequest::builder().bucket("reports").key("2026/gears & wheels.csv").range("bytes=0-9").build();
    let object = client.send(get).await?.value;
    println!("{:?} {:?}", object.headers, object.body);
    Ok(())
}
