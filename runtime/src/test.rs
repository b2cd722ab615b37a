//! Tests of code that calls an API: a stand-in for the server, in the same process.
//!
//! ```
//! # macro_rules! run {
//! #     (#[tokio::test(start_paused = true)] async fn $name:ident() $body:block) => {
//! #         #[tokio::main(flavor = "current_thread", start_paused = true)]
//! #         async fn main() $body
//! #     };
//! # }
//! use std::time::Duration;
//! use stackone::{Client, Error, stackone_operation, test::{Answer, StandIn}};
//!
//! #[derive(serde::Serialize, serde::Deserialize)]
//! struct User {
//!     name: String,
//! }
//!
//! #[stackone_operation(method = "PUT", path = "/teams/{team}/users/{id}", response = User)]
//! struct PutUserRequest {
//!     #[path] team: String,
//!     #[path] id: u32,
//!     #[body] user: User,
//! }
//!
//! // The code under test.
//! async fn rename(client: &Client, id: u32, name: &str) -> Result<String, Error> {
//!     let user = User { name: name.to_owned() };
//!     let operation = PutUserRequest::builder().team("core").id(id).user(user).build();
//!     Ok(client.send(operation).await?.value.name)
//! }
//!
//! # run! {
//! #[tokio::test(start_paused = true)]
//! async fn a_rename_survives_a_lost_connection() {
//!     let stand_in = StandIn::new();
//!     let put = stand_in.expect::<PutUserRequest>([
//!         Answer::lost(),
//!         Answer::json(User { name: "Ada".to_owned() }).heartbeats(3, Duration::from_secs(20)),
//!     ]);
//!
//!     assert_eq!(rename(&stand_in.client(), 7, "Ada").await.unwrap(), "Ada");
//!
//!     let sent = put.sent();
//!     assert_eq!(sent.len(), 2);
//!     assert_eq!(sent[1].path("id").as_deref(), Some("7"));
//!     assert_eq!(sent[1].json::<User>().name, "Ada");
//! } // An expectation that is not met, or a call that is not expected, fails the test here.
//! # }
//! ```
//!
//! Add the feature to the dependencies of the tests, beside tokio's paused clock. The stand-in opens no sockets. With a paused clock,
//! the waits of a test take no time:
//!
//! ```toml
//! [dev-dependencies]
//! stackone = { version = "0.1", features = ["test"] }
//! tokio = { version = "1", features = ["macros", "rt", "test-util"] }
//! ```
//!
//! # What a test can do
//!
//! | to | write |
//! | --- | --- |
//! | expect one call | [`stand_in.expect::<O>(answer)`](StandIn::expect) |
//! | expect several calls, or retries | [`stand_in.expect::<O>([answer, answer])`](StandIn::expect) |
//! | compute each answer from its request | [`stand_in.answer::<O>(\|sent\| ..)`](StandIn::answer) |
//! | expect certain values only | [`expectation.when(\|sent\| ..)`](Expectation::when) |
//! | answer with a value | [`Answer::json`], [`Answer::text`], [`Answer::bytes`], [`Answer::empty`] |
//! | answer with an error, or an error envelope under 200 | [`Answer::error`], [`Answer::error_envelope`] |
//! | let the server work for some time | [`Answer::heartbeats`], [`Answer::delay`] |
//! | cut or stall the response | [`Answer::cut_after`], [`Answer::stall_after`] |
//! | fail without a response | [`Answer::not_sent`], [`Answer::lost`], [`Answer::never`] |
//! | read what was sent | [`Sent::path`], [`Sent::query`], [`Sent::header`], [`Sent::json`], [`Sent::operation`] |
//! | use a client with its own settings | `Client::builder()..`[`build_with`](crate::ClientBuilder::build_with)`(`[`stand_in.transport()`](StandIn::transport)`)` |
//! | make an error or a response, without a client | [`Answer::result`], [`response`], [`timeout`], [`api_error`] |
//!
//! # A server of your own
//!
//! An axum router is a transport too, without a socket:
//!
//! ```
//! # fn example() -> Result<(), stackone::Error> {
//! use stackone::Client;
//!
//! let router: axum::Router = axum::Router::new();
//! let client = Client::builder().build_with_router(router)?;
//! # Ok(()) }
//! # example().unwrap();
//! ```

mod answer;
mod expectation;
mod mismatch;
mod operation;
mod outcome;
mod scripted_body;
mod sent;
mod stand_in;
mod transport;
mod url_text;

pub use answer::Answer;
pub use expectation::Expectation;
pub use mismatch::Mismatch;
pub use outcome::{api_error, response, timeout};
pub use sent::Sent;
pub use stand_in::StandIn;
pub use transport::StandInTransport;

use std::fmt::Display;

/// Fails the test.
#[track_caller]
#[expect(clippy::panic, reason = "this module is for tests, and a panic is how a test fails")]
fn fail(message: impl Display) -> ! {
    panic!("{message}")
}
