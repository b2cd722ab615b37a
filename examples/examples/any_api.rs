//! Declares operations of another API and prints their requests. Any HTTP library can send them.

use serde::Serialize;
use stackone::{Error, Operation, Patch, Timestamp, chrono::DateTime, stackone_operation};
use stackone_examples::{no_arguments, println, show};

/// A search with path, query and header parameters in different styles.
#[stackone_operation(method = "GET", path = "/repos/{owner}/engine.git/issues", response = text)]
struct SearchIssuesRequest<'a> {
    #[path]
    owner: &'a str,
    #[header(sensitive)]
    authorization: &'a str,
    #[query]
    label: Vec<&'a str>,
    #[query(explode = false)]
    fields: Option<Vec<&'a str>>,
    #[query(style = "deepObject")]
    filter: Filter<'a>,
}

#[derive(Serialize)]
struct Filter<'a> {
    author: Option<&'a str>,
    since: Timestamp,
}

/// A change in which each field is left alone, cleared or set.
#[stackone_operation(method = "PATCH", path = "/repos/{id}", idempotent)]
struct UpdateRepositoryRequest {
    #[path]
    id: u64,
    #[body(content_type = "application/merge-patch+json")]
    changes: Changes,
}

#[derive(Serialize)]
struct Changes {
    description: Patch<String>,
    homepage: Patch<String>,
}

fn main() -> Result<(), Error> {
    no_arguments("Prints the requests of two operations of another API.");
    let search = SearchIssuesRequest::builder()
        .owner("a/b & c")
        .authorization("Bearer secret")
        .label(vec!["good first issue", "docs"])
        .fields(vec!["id", "title"])
        .filter(Filter { author: None, since: DateTime::UNIX_EPOCH.into() })
        .build();
    show(&search.to_http_request()?);

    let changes = Changes { description: "New".into(), homepage: Patch::Null };
    show(&UpdateRepositoryRequest::builder().id(7_u64).changes(changes).build().into_http_request()?);

    println!("{:#?}", SearchIssuesRequest::metadata());
    Ok(())
}
