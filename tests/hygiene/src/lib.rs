//! What generated code meets in other people's crates. That this compiles without a warning, under clippy too, is
//! most of the test; `cargo test` runs the rest.
//!
//! Users of older editions declare operations too:
//!
//! ```edition2018
//! #[renamed::stackone_operation(method = "GET", path = "/users/{id}", crate = renamed)]
//! struct GetUserRequest<'a> {
//!     #[path]
//!     id: &'a str,
//!     #[query]
//!     gen: Option<u8>,
//! }
//!
//! let request = GetUserRequest::builder().id("1").gen(2).build().into_http_request().unwrap();
//! assert_eq!(request.uri(), "/users/1?gen=2");
//! ```
//!
//! ```edition2018
//! #![deny(warnings)]
//!
//! #[deprecated]
//! #[renamed::stackone_operation(method = "GET", path = "/users/{gen}", crate = renamed)]
//! struct GetOldUserRequest<'a> {
//!     #[path]
//!     gen: &'a str,
//!     #[query]
//!     r#try: Option<u8>,
//! }
//!
//! # #[allow(deprecated)]
//! let request = GetOldUserRequest::builder().gen("1").r#try(2).build().into_http_request().unwrap();
//! assert_eq!(request.uri(), "/users/1?try=2");
//! ```
//!
//! ```edition2021
//! #[renamed::stackone_operation(method = "DELETE", path = "/users/{id}", crate = ::renamed)]
//! struct DeleteUserRequest {
//!     #[path]
//!     id: String,
//! }
//!
//! assert_eq!(DeleteUserRequest::builder().id("1").build().into_http_request().unwrap().uri(), "/users/1");
//! ```
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused,
    nonstandard_style,
    future_incompatible
)]
#![deny(unused_qualifications, single_use_lifetimes, unused_lifetimes, unnameable_types, let_underscore_drop)]
#![deny(missing_copy_implementations, redundant_lifetimes, trivial_casts, trivial_numeric_casts, unit_bindings)]
#![deny(unused_results, variant_size_differences, elided_lifetimes_in_paths)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod bare;
pub mod fields;
pub mod generic;
pub mod local;
pub mod odd;
pub mod shadowed;

/// The runtime under a second path, as a library that re-exports it has it.
pub mod vendor {
    pub use renamed as runtime;
}
