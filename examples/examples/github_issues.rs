//! Lists the issues of a repository as GitHub pages them: each response links to the next page. The first run stops after three
//! issues, and the second goes on from its position. A server on loopback stands in for GitHub.

use serde::Deserialize;
use stackone::{Client, stackone_operation};
use stackone_examples::{OtherApi, no_arguments, println};
use std::error::Error;

#[stackone_operation(method = "GET", path = "/repos/{owner}/{repo}/issues", response = Vec<Issue>, paging = link,
    headers("accept" = "application/vnd.github+json", "x-github-api-version" = "2022-11-28"))]
struct ListIssuesRequest {
    #[path]
    owner: String,
    #[path]
    repo: String,
    #[query]
    per_page: Option<u8>,
}

#[derive(Debug, Deserialize)]
struct Issue {
    title: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    no_arguments("Lists the issues of a repository, in two runs.");
    let server = OtherApi::GitHub.start().await?;
    let client = Client::builder().bearer_token("token").base_url(server.base_url()).build()?;

    let list = || ListIssuesRequest::builder().owner("ada").repo("engine").per_page(2).build();
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
