//! The 292 operations of [StackOne's Unified API](https://docs.stackone.com), ready-made, with their types.
//!
//! Each operation is a struct with a builder, declared with [`stackone_operation`](stackone::stackone_operation).
//! [`stackone::Client`](stackone) sends it: it retries what may be sent again, survives requests of minutes, and returns typed
//! errors.
//!
//! ```toml
//! [dependencies]
//! stackone-api = { version = "0.1", features = ["hris"] }
//! ```
//!
#![cfg_attr(all(feature = "all", feature = "client"), doc = "```no_run")]
#![cfg_attr(not(all(feature = "all", feature = "client")), doc = "```ignore")]
//! use stackone_api::{hris::HrisListEmployeesRequest, stackone::Client};
//!
//! # async fn run() -> Result<(), stackone_api::stackone::Error> {
//! let client = Client::builder().api_key("the key").build()?;
//! let list = HrisListEmployeesRequest::builder().x_account_id("the account").fields(["id", "display_name"]).build();
//! let mut employees = client.items(list);
//! while let Some(employee) = employees.try_next().await? {
//!     println!("{:?}", employee.display_name);
//! }
//! # Ok(()) }
//! ```
//!
//! # Domains
//!
//! Each domain is a module and a feature. None is on by default; `all` is all of them.
//!
//! | feature and module | operations | on |
//! | --- | --: | --- |
//! | `accounting` | 10 | companies with their accounts, journals and tax rates |
//! | `ats` | 76 | jobs, candidates, applications, interviews, offers, assessments, background checks |
//! | `crm` | 10 | contacts, accounts, lists |
//! | `documents` | 8 | files, folders, drives |
//! | `hris` | 74 | employees with their employments, documents, time off and tasks; companies, groups, locations |
//! | `iam` | 10 | users, roles, groups, policies |
//! | `lms` | 23 | courses, content, assignments, completions, users |
//! | `marketing` | 26 | templates, campaigns, content blocks |
//! | `messaging` | 11 | conversations, messages, attachments |
//! | `screening` | 4 | packages, orders, results |
//! | `stackone` | 21 | linked accounts, connect sessions, actions, connectors, request logs, the proxy, MCP |
//! | `ticketing` | 19 | tickets, projects, comments, attachments |
//!
//! The features `client`, `transport` and `gzip` are those of the crate `stackone`, and on by default. With
//! `default-features = false` the crate builds requests for any HTTP library.
//!
//! # Find an operation
//!
//! An operation is called after its id in StackOne's reference, with `Request` at the end: `lms_create_user_assignment` is
//! `lms::LmsCreateUserAssignmentRequest`. The search of the docs finds it by its id. The docs of an operation have its
//! method and path, its parameters, whether it has pages, and whether it takes `Prefer: heartbeat`. A parameter, or an
//! operation, that the API deprecates is `#[deprecated]`.
//!
//! # Responses
//!
//! The types of responses have optional fields only, and skip unknown fields. An enum keeps a value that it does not know in
//! `Other`. A scalar of another kind than declared does not fail the response: it is in the field `unexpected`, with its place.
//!
#![cfg_attr(all(feature = "all", feature = "client"), doc = "```")]
#![cfg_attr(not(all(feature = "all", feature = "client")), doc = "```ignore")]
//! use stackone_api::hris::Employee;
//!
//! let text = r#"{"id": "emp_1", "hire_date": "soon", "gender": {"value": "other", "source_value": 3}}"#;
//! let employee: Employee = serde_json::from_str(text)?;
//! assert_eq!(employee.hire_date, None);
//! assert_eq!(employee.unexpected.get("/hire_date").unwrap(), "soon");
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Pages
//!
//! `client.items(operation)` is a stream of the items of a list, and `client.pages(operation)` a stream of its pages. They follow
//! the cursor `next` until the API returns none. `page_size` is a text, and 25 by default. `fields`, `expand` and `include` take
//! a list of names, or a text with commas.
//!
//! # Requests
//!
//! The type of a body has `new(..)` with its required fields, and a setter for each field. A field that is not set is not
//! sent. **In the body of a PATCH, `clear_..` sends null**, which removes the value. Each field of such a type that may be null
//! and is not required is a [`Patch`](stackone::Patch). This is also the rule for a type that a POST and a PATCH share: it has
//! `clear_..` for both.
//!
#![cfg_attr(all(feature = "all", feature = "client"), doc = "```")]
#![cfg_attr(not(all(feature = "all", feature = "client")), doc = "```ignore")]
//! use stackone_api::hris::HrisUpdateEmployeeRequestDto;
//!
//! let changes = HrisUpdateEmployeeRequestDto::new().job_title("Lead").clear_manager_id();
//! assert_eq!(serde_json::to_string(&changes)?, r#"{"job_title":"Lead","manager_id":null}"#);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! A setter takes the value of a type that wraps it: `.active(true)` for a value that is a boolean or text, and the code for a
//! code with the value of the provider.
//!
#![cfg_attr(all(feature = "all", feature = "client"), doc = "```")]
#![cfg_attr(not(all(feature = "all", feature = "client")), doc = "```ignore")]
//! use stackone_api::{
//!     documents::{FileFormatEnumValue, UnifiedUploadRequestDto},
//!     lms::LmsUpsertContentRequestDto,
//! };
//!
//! let file = UnifiedUploadRequestDto::new().file_format(FileFormatEnumValue::Txt).content(b"hello");
//! assert_eq!(serde_json::to_string(&file)?, r#"{"file_format":{"value":"txt"},"content":"aGVsbG8="}"#);
//!
//! let content = LmsUpsertContentRequestDto::new("course-42").active(true);
//! assert_eq!(serde_json::to_string(&content)?, r#"{"active":true,"external_reference":"course-42"}"#);
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! # Files
//!
//! A download is a stream of bytes, which are never in memory as a whole. An upload is JSON, with the content of the file in
//! base64: `.content(..)` takes its bytes. These operations take no `Prefer: heartbeat`.
//!
#![cfg_attr(all(feature = "all", feature = "client"), doc = "```no_run")]
#![cfg_attr(not(all(feature = "all", feature = "client")), doc = "```ignore")]
//! use stackone_api::documents::DocumentsDownloadFileRequest;
//!
//! # async fn run(client: stackone_api::stackone::Client) -> Result<(), Box<dyn std::error::Error>> {
//! let download = DocumentsDownloadFileRequest::builder().x_account_id("the account").id("file_1").build();
//! let mut chunks = client.send(download).await?.value;
//! while let Some(chunk) = chunks.try_next().await? {
//!     println!("{} bytes", chunk.len());
//! }
//! # Ok(()) }
//! ```
//!
//! # Own operations
//!
//! The attribute of [`stackone_api::stackone`](stackone) declares further operations. A crate that uses it needs no dependency
//! on `stackone`: by default it names `::stackone_api::stackone`.
//!
#![cfg_attr(all(feature = "all", feature = "client"), doc = "```")]
#![cfg_attr(not(all(feature = "all", feature = "client")), doc = "```ignore")]
//! use stackone_api::{
//!     lms::LmsCreateAssignmentRequestDto,
//!     stackone::{model::JsonObject, stackone_operation},
//! };
//!
//! #[stackone_operation(method = "POST", path = "/custom/users/{id}/assignments", response = JsonObject)]
//! struct AssignRequest {
//!     #[path] id: String,
//!     #[body] assignment: LmsCreateAssignmentRequestDto,
//! }
//!
//! let assign = AssignRequest::builder().id("usr_1").assignment(LmsCreateAssignmentRequestDto::new("course-42")).build();
//! assert_eq!(assign.into_http_request()?.uri(), "/custom/users/usr_1/assignments");
//! # Ok::<(), stackone_api::stackone::Error>(())
//! ```
//!
//! If `stackone-api` has another name in your `Cargo.toml`, or if you use the attribute of the crate `stackone` itself without a
//! dependency on it, the compiler reports **E0433** for `stackone_api` or `stackone`, with follow-on errors. Name the path then:
//!
#![cfg_attr(all(feature = "all", feature = "client"), doc = "```")]
#![cfg_attr(not(all(feature = "all", feature = "client")), doc = "```ignore")]
//! use stackone_api::stackone::stackone_operation;
//!
//! #[stackone_operation(method = "GET", path = "/custom/users", crate = stackone_api::stackone)]
//! struct ListUsersRequest;
//!
//! assert_eq!(ListUsersRequest::builder().build().into_http_request()?.uri(), "/custom/users");
//! # Ok::<(), stackone_api::stackone::Error>(())
//! ```

// Documentation only, so that a program does not pay for it.
#[cfg(all(any(doc, doctest), feature = "all", feature = "transport"))]
pub mod guide;

#[rustfmt::skip]
mod generated;

/// The crate `stackone`: the client, the attribute, and the types that requests and responses use. With the feature `stackone`,
/// also the operations on accounts, connect sessions, actions, connectors, request logs, the proxy and MCP.
pub mod stackone {
    #[cfg(feature = "stackone")]
    pub use super::generated::stackone::*;
    /// Declares an operation, as [`stackone_operation`](::stackone::stackone_operation) of the crate `stackone`. Its default for
    /// `crate` is `::stackone_api::stackone`.
    pub use ::stackone::__private::stackone_api_operation as stackone_operation;
    pub use ::stackone::*;
}

pub use generated::SERVER;

macro_rules! domains {
    ($($domain:ident $feature:literal)*) => {$(
        #[cfg(feature = $feature)]
        pub use generated::$domain;
    )*};
}

domains! {
    accounting "accounting"
    ats "ats"
    crm "crm"
    documents "documents"
    hris "hris"
    iam "iam"
    lms "lms"
    marketing "marketing"
    messaging "messaging"
    screening "screening"
    ticketing "ticketing"
}
