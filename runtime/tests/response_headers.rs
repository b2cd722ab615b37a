//! Operations whose value has response headers.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use stackone::{ErrorKind, Operation, WithHeaders, format::ResponseFormat, response_headers, stackone_operation};
use support::{Reply, Server, THING, Thing};

response_headers! {
    /// The headers of a list.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ListHeaders {
        /// The number of all items.
        pub total: u64 = "X-Total",
        pub etag: Option<String> = "etag",
        tags: Vec<String> = "x-tag",
    }
}

response_headers!(
    struct Location { location: String = "location" }
);

#[stackone_operation(method = "GET", path = "/things", response = Thing, response_headers = ListHeaders)]
struct GetThing;

#[stackone_operation(method = "GET", path = "/things", response = bytes, response_headers = ListHeaders)]
struct GetObject;

#[stackone_operation(method = "GET", path = "/things", response = download, response_headers = ListHeaders)]
struct GetFile;

#[stackone_operation(method = "GET", path = "/things", response = Option<Thing>, response_headers = ListHeaders)]
struct GetMaybe;

#[stackone_operation(method = "HEAD", path = "/things", response_headers = ListHeaders)]
struct HeadThing;

#[stackone_operation(method = "POST", path = "/things", response_headers = Location)]
struct CreateThing;

fn reply(body: &'static str) -> Reply {
    Reply::new(200, body).header("x-total", "7").header("x-tag", "a,b").header("x-tag", "c")
}

fn expected() -> ListHeaders {
    ListHeaders { total: 7, etag: None, tags: ["a", "b", "c"].map(str::to_owned).to_vec() }
}

#[tokio::test(start_paused = true)]
async fn the_value_has_the_headers_and_the_body() {
    let server = Server::new([reply(THING), reply("\0"), reply("file"), reply("")]);
    let client = server.client();
    let thing = client.send(GetThing).await.unwrap();
    assert_eq!((thing.value.headers.clone(), &*thing.value.body.id), (expected(), "1"));
    // The same headers are still there as they came.
    assert_eq!(thing.headers()["x-total"], "7");
    let WithHeaders { headers, body, .. } = client.send(GetObject).await.unwrap().value;
    assert_eq!((headers, &body[..]), (expected(), &b"\0"[..]));
    let mut file = client.send(GetFile).await.unwrap().value;
    assert_eq!(file.headers, expected());
    assert_eq!(file.body.try_next().await.unwrap().unwrap(), "file");
    let maybe = client.send(GetMaybe).await.unwrap().value;
    assert_eq!((maybe.headers, maybe.body), (expected(), None));
}

#[tokio::test(start_paused = true)]
async fn the_value_is_the_headers_if_there_is_no_response_type() {
    let created = Reply::new(201, "ignored").header("location", "/things/1");
    let server = Server::new([reply("").header("etag", "\"e\""), created]);
    let head = server.client().send(HeadThing).await.unwrap().value;
    assert_eq!(head, ListHeaders { etag: Some("\"e\"".to_owned()), ..expected() });
    assert_eq!(server.client().send(CreateThing).await.unwrap().value.location, "/things/1");
}

#[tokio::test(start_paused = true)]
async fn the_request_follows_the_body() {
    let accept = |request: http::Request<bytes::Bytes>| request.headers()["accept"].clone();
    assert_eq!(accept(GetThing.into_http_request().unwrap()), "application/json");
    assert_eq!(accept(CreateThing.into_http_request().unwrap()), "*/*");
    assert_eq!(GetThing::metadata().response(), ResponseFormat::Json);
    assert_eq!(GetFile::metadata().response(), ResponseFormat::Download);
    assert_eq!(HeadThing::metadata().response(), ResponseFormat::Ignored);
}

#[tokio::test(start_paused = true)]
async fn headers_of_another_type_are_a_decoding_error() {
    let server = Server::new([Reply::new(200, THING), Reply::new(200, THING).header("x-total", "many")]);
    for expected in ["the header `X-Total` is missing", "the header `X-Total` is not a `u64`: invalid digit"] {
        let error = server.client().send(GetThing).await.err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains(expected), "{error}");
        assert_eq!(error.status().unwrap(), 200);
    }
}

/// An error is found before the headers are read.
#[tokio::test(start_paused = true)]
async fn an_error_response_needs_no_headers() {
    let envelope = r#"{"statusCode":404,"message":"no thing"}"#;
    let server = Server::new([Reply::new(404, envelope), Reply::new(200, envelope)]);
    for _ in 0..2 {
        let error = server.client().send(GetThing).await.err().unwrap();
        assert_eq!(error.kind(), ErrorKind::Api);
        assert_eq!(error.status().unwrap(), 404);
    }
}
