//! Reads all items of a list, page by page. The transport is a function; a client accepts any `tower::Service` for HTTP.

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use serde::Deserialize;
use stackone::{Client, page::List, stackone_operation};
use stackone_examples::{no_arguments, println};
use std::{convert::Infallible, error::Error};
use tower::service_fn;

#[stackone_operation(method = "GET", path = "/unified/lms/users", response = List<User>)]
struct ListUsersRequest {
    #[header("x-account-id")]
    x_account_id: String,
    #[query]
    page_size: Option<u32>,
    #[query(cursor)]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct User {
    id: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    no_arguments("Lists users from three pages.");
    let client = Client::builder().api_key("key").build_with(service_fn(serve))?;
    let list = ListUsersRequest::builder().x_account_id("acc_1").page_size(2_u32).build();
    let mut users = client.items(list);
    while let Some(user) = users.try_next().await? {
        println!("{}", user.id);
    }
    Ok(())
}

/// Returns three pages. The second is empty, and the list goes on: it ends with the page that has no cursor.
async fn serve(request: Request<Full<Bytes>>) -> Result<Response<Full<Bytes>>, Infallible> {
    println!("GET {}", request.uri());
    let page = match request.uri().query().unwrap_or_default() {
        query if query.ends_with("next=b") => r#"{"data": [{"id": "usr_3"}], "next": null}"#,
        query if query.ends_with("next=a") => r#"{"data": [], "next": "b"}"#,
        _ => r#"{"data": [{"id": "usr_1"}, {"id": "usr_2"}], "next": "a"}"#,
    };
    Ok(Response::new(Full::from(page)))
}
