//! Lists the issues of a repository as GitHub pages them: each response links to the next page. The first run stops after three
//! issues, and the second goes on from its position. A server on loopback stands in for GitHub.

use bytes::Bytes;
use http::{Request, Response, header::LINK};
use http_body_util::Full;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use serde::Deserialize;
use stackone::{Client, stackone_operation};
use stackone_examples::println;
use std::{error::Error, net::Ipv4Addr};
use tokio::net::TcpListener;

#[stackone_operation(method = "GET", path = "/repos/{owner}/engine/issues", response = Vec<Issue>, paging = link)]
struct ListIssuesRequest {
    #[path]
    owner: String,
}

#[derive(Debug, Deserialize)]
struct Issue {
    title: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let client =
        Client::builder().bearer_token("token").base_url(format!("http://{}", listener.local_addr()?)).build()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(serve)));
        }
    });
    let list = || ListIssuesRequest::builder().owner("ada").build();
    let mut issues = client.items(list());
    for _ in 0..3 {
        println!("{:?}", issues.try_next().await?);
    }
    let stored = issues.position().ok_or("there are no further issues")?.to_string();
    println!("stored: {stored}");
    let mut issues = client.items(list()).start_at(stored.parse()?).prefetch();
    while let Some(issue) = issues.try_next().await? {
        println!("{}", issue.title);
    }
    Ok(())
}

/// Returns three pages. The first two link to the next one.
async fn serve(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, http::Error> {
    println!("GET {}", request.uri());
    let (title, next) = match request.uri().query() {
        Some("page=3") => ("Divide by zero", None),
        Some("page=2") => ("Carry the one", Some("<?page=3>; rel=\"next\"")),
        _ => ("Rusty gears", Some("<?page=2>; rel=\"next\"")),
    };
    let body = Full::from(format!(r#"[{{"title": "{title}"}}, {{"title": "{title}, again"}}]"#));
    next.into_iter().fold(Response::builder(), |response, next| response.header(LINK, next)).body(body)
}
