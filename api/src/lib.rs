//! The operations of StackOne's Unified API, with one feature for each domain.
//!
//! ```toml
//! [dependencies]
//! stackone-api = { version = "0.1", features = ["lms"] }
//! ```
//!
//! Each operation is a struct with a builder, made with [`stackone_operation`](stackone::stackone_operation). [`stackone`] is
//! the client that sends it.
//!
//! Types of responses have optional fields only. A value of another kind than declared is in the field `unexpected`. Types of
//! requests have `new(..)` with the required fields, and a setter for each field. In the body of a PATCH, `clear_..` sets a field
//! to null.
//!
//! # Own operations
//!
//! A crate that declares own operations with this crate's `stackone`, and does not depend on `stackone` itself, names the path:
//! `#[stackone_operation(.., crate = stackone_api::stackone)]`. Without it the compiler reports E0433 for `stackone`.

#[rustfmt::skip]
mod generated;

/// The client of the crate `stackone`. With the feature `stackone`, also the operations on accounts, actions, connectors, logs,
/// the proxy and MCP.
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
