//! Credentials: how the client proves who it is.
//!
//! The builder of the client has one line for each scheme, as OpenAPI names them:
//!
//! | scheme | setting |
//! | --- | --- |
//! | StackOne's key: HTTP Basic, the key as user name | [`api_key`](crate::ClientBuilder::api_key) |
//! | HTTP Basic | [`basic_auth`](crate::ClientBuilder::basic_auth) |
//! | a bearer token | [`bearer_token`](crate::ClientBuilder::bearer_token) |
//! | an API key in a header, the query or a cookie | [`api_key_header`](crate::ClientBuilder::api_key_header), [`api_key_query`](crate::ClientBuilder::api_key_query), [`api_key_cookie`](crate::ClientBuilder::api_key_cookie) |
//! | tokens that expire, or your own source | [`credentials`](crate::ClientBuilder::credentials) |
//! | none | nothing: a client sends no credentials by default |
//!
//! A [`CredentialsSource`] is asked before each attempt. [`TokenSource`] is a ready-made one for tokens that expire.
//!
//! # A response with status 401
//!
//! The client asks the source for other credentials, and sends the request once more with them. A call does this once. A
//! second 401 is the error of the call, and so is the first if the source has no other credentials. The server has refused
//! the request, so that a write is safe to send again. An error envelope with the status 401 under a 2xx status does not
//! say that: the client then sends only operations that read again.
//!
//! The additional attempt counts in [`attempts`](crate::Response::attempts). It is not a retry: the retry policy does not
//! see it, it takes no token of the retry budget, and there is no wait before it.
//!
//! # Secrets
//!
//! `Debug` shows no credentials. Their headers are marked as sensitive. The message of an error does not contain them, even
//! if the server repeats them in its message. A key in the query is a part of the URL: a transport, a proxy and a server
//! may write it into their logs. Prefer a header where an API has both.

mod api_key;
mod source;
mod token_source;
mod value;

pub use api_key::ApiKey;
pub use source::CredentialsSource;
pub(crate) use source::{CredentialsSetting, ErasedSource};
pub use token_source::{Token, TokenSource};
pub use value::Credentials;
