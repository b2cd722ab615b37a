//! Declare a REST operation as a struct. Get a type-safe builder, the exact HTTP request, and a client that sends it.
//!
//! The crate is made for StackOne's Unified API, where a request can take minutes and a write must happen only once. It
//! works for any REST API.
//!
//! # From a struct to a response
//!
#![doc = include_str!("guide/request.svg")]
//!
//! 1. **Declare**: [`#[stackone_operation]`](stackone_operation) on a struct reads `#[path]`, `#[header]`, `#[query]`,
//!    `#[cookie]`, `#[body]` and `#[part]` on its fields. An invalid declaration does not compile. The crate `stackone-api`
//!    has the operations of StackOne's API ready-made.
//! 2. **Build**: `build()` of the generated builder compiles only once every required field is set.
//!    [`to_http_request`](Operation::to_http_request) makes an [`http::Request`] for any HTTP library, or returns an
//!    [`Error`] that names the field.
//! 3. **Send**: [`Client::send`] adds the credentials and the base URL, retries as its settings say, removes heartbeats,
//!    and returns a [`Response`] or an [`Error`]. The error says whether a write may have happened.
//!
//! ```
//! use stackone::{Prefer, stackone_operation};
//!
//! #[derive(serde::Serialize)]
//! struct Assignment {
//!     learning_object_external_reference: String,
//! }
//!
//! #[stackone_operation(method = "POST", path = "/unified/lms/users/{id}/assignments")]
//! struct CreateUserAssignmentRequest {
//!     #[path] id: String,
//!     #[header] prefer: Option<Prefer>,
//!     #[body] assignment: Assignment,
//! }
//!
//! let operation = CreateUserAssignmentRequest::builder()
//!     .id("usr_1")
//!     .prefer(Prefer::heartbeat())
//!     .assignment(Assignment { learning_object_external_reference: "course-42".to_owned() })
//!     .build();
//! let request = operation.into_http_request()?;
//! assert_eq!(request.uri(), "/unified/lms/users/usr_1/assignments");
//! # Ok::<(), stackone::Error>(())
//! ```
//!
#![cfg_attr(feature = "transport", doc = "The [guides](guide) have a complete program for each task.\n")]
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `client` | yes | [`Client`] over any `tower::Service` of HTTP |
//! | `transport` | yes | the default transport: hyper and rustls |
//! | `gzip` | yes | decodes gzip; without it a compressed response is an error |
//! | `blocking` | no | [the calls without async](blocking), for command-line programs |
//! | `test` | no | [a stand-in](mod@test) for the server, for tests |
//! | `tracing` | no | [spans](hook#tracing) for calls and attempts, by OpenTelemetry's conventions |
//! | `webhooks` | no | verifies the [signatures of webhooks](webhooks) |
//!
//! With `default-features = false` the crate declares operations, builds requests and decodes responses. It then has no async
//! runtime, no TLS and no transport. Another HTTP library sends the requests: [`BaseUrl::join`] gives them an absolute URI,
//! and [`decode_response`] or [`read_response`] makes the value or the error of the response, by the rules of the client.
//!
//! # Panics and secrets
//!
//! No code of this crate panics, except the module [`test`](mod@test), where a panic fails a test. A tokio runtime without a time
//! or I/O driver panics by itself; enable both. No error,
//! `Debug` output or log contains the API key, `Authorization`, a header declared as `sensitive`, a cookie,
//! or a request body.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]
// The docs link to items of these features. Without them the links are text. A build with all features checks them.
#![cfg_attr(
    not(all(feature = "transport", feature = "test", feature = "blocking")),
    allow(rustdoc::broken_intra_doc_links)
)]

pub mod builder_state;
pub mod format;
// Documentation only, so that a program does not pay for it. Its programs need the default transport.
#[cfg(all(any(doc, doctest), feature = "transport"))]
pub mod guide;
pub mod heartbeat;
pub mod model;
pub mod operation;
pub mod page;
pub mod prefer;

#[cfg(feature = "client")]
pub mod hook;
#[cfg(feature = "client")]
pub mod retry;
#[cfg(feature = "test")]
#[cfg_attr(docsrs, doc(cfg(feature = "test")))]
pub mod test;
#[cfg(feature = "client")]
pub mod transport;

#[cfg(feature = "webhooks")]
#[cfg_attr(docsrs, doc(cfg(feature = "webhooks")))]
pub mod webhooks;

mod base64_bytes;
mod base_url;
mod classify;
mod decode;
mod error;
mod error_format;
mod json_text;
mod open_enum;
mod part;
mod patch;
mod raw_response;
mod received;
mod request;
mod response;
mod response_decoder;
mod response_head;
mod retry_after;
mod timestamp;

#[cfg(feature = "client")]
mod call_id;
#[cfg(feature = "client")]
mod chunks;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub mod credentials;
#[cfg(feature = "client")]
mod exchange;
#[cfg(feature = "client")]
mod pause;
#[cfg(feature = "client")]
mod settings;
#[cfg(feature = "client")]
mod transport_headers;

#[doc(inline)]
pub use base_url::BaseUrl;
#[doc(inline)]
pub use base64_bytes::Base64;
#[cfg(feature = "client")]
#[doc(inline)]
pub use call_id::{Attempt, CallId};
#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
#[doc(inline)]
pub use client::blocking;
#[cfg(feature = "client")]
#[doc(inline)]
pub use client::{Call, Client, ClientBuilder, Completed, FromIter, Items, Pages, SendAll};
#[cfg(feature = "client")]
#[doc(inline)]
pub use credentials::ApiKey;
#[doc(inline)]
pub use decode::{Decode, DecodeBuffered};
#[cfg(feature = "client")]
#[doc(inline)]
pub use decode::{DownloadBody, Progress};
#[doc(inline)]
pub use error::{ApiError, Error, ErrorKind, ProviderError, TimeoutKind};
#[doc(inline)]
pub use error_format::ErrorFormat;
#[doc(inline)]
pub use format::WithHeaders;
#[doc(inline)]
pub use json_text::JsonText;
#[doc(inline)]
pub use operation::{Operation, Parameters};
#[doc(inline)]
pub use page::Paginated;
#[doc(inline)]
pub use part::Part;
#[doc(inline)]
pub use patch::Patch;
#[doc(inline)]
pub use prefer::Prefer;
#[doc(inline)]
pub use response::{Response, ResponseOf};
#[doc(inline)]
pub use response_decoder::{ResponseDecoder, decode_response, read_response};
#[doc(inline)]
pub use response_head::ResponseHead;
#[doc = include_str!("attribute.md")]
pub use stackone_macros::stackone_operation;
/// Declares headers, query parameters and cookies that several operations share. See [`Parameters`].
///
/// Its only key is `crate = path`: the path of this crate, if it is renamed or re-exported. Default: `::stackone`.
pub use stackone_macros::stackone_parameters;
#[doc(inline)]
pub use timestamp::Timestamp;

// `serde_json`, whose `Value` is in `ApiError`, is missing here: with its variant `Value::String` in reach, the compiler
// writes `std::string::String` for `String` in each of its messages about a declaration.
/// The crates whose types are in the interface of this crate.
pub use {bytes, chrono, http};
#[cfg(feature = "client")]
pub use {futures_core, http_body, tower_layer, tower_service};

/// The items that generated code uses. They are not part of the interface and change without notice.
#[doc(hidden)]
pub mod __private;
