//! The calls without async, for command-line programs.
//!
//! A blocking client wraps an asynchronous [`Client`](crate::Client), with all its settings. A call waits on the thread of the caller.
//! One thread of the client runs the connections in the meantime.
//!
//! ```no_run
//! use stackone::{Client, blocking, page::List, stackone_operation};
//!
//! #[stackone_operation(method = "GET", path = "/users", response = List<String>)]
//! struct ListUsersRequest {
//!     #[query(cursor)] next: Option<String>,
//! }
//!
//! # #[cfg(feature = "transport")]
//! fn main() -> Result<(), stackone::Error> {
//!     let client = blocking::Client::new(Client::builder().api_key("v1.eu1.key").build()?)?;
//!     for user in client.items(ListUsersRequest::builder().build()) {
//!         println!("{}", user?);
//!     }
//!     Ok(())
//! }
//! # #[cfg(not(feature = "transport"))]
//! # fn main() {}
//! ```
//!
//! A call inside a tokio runtime would stop the other tasks of its thread. It returns an error of the kind
//! [`Config`](crate::ErrorKind::Config), and sends nothing. This includes `tokio::task::spawn_blocking`. Use the asynchronous
//! client there.

mod call;
mod download;
mod pages;
mod runtime;

pub use call::Call;
pub use download::Download;
pub use pages::{Items, Pages};

use crate::{
    Error, Operation, Response, ResponseOf,
    decode::{Decode, DecodeBuffered},
    format,
    page::{Page, Paginated, Paging},
};
use pages::Value;
use runtime::Runtime;
use std::{fmt, sync::Arc};

/// Sends operations and waits for their responses, with the settings of an asynchronous [`Client`](crate::Client).
///
/// A clone is cheap. It shares the thread, the connections and the retry budget. Threads may use it at the same time. The thread
/// ends when the last clone is dropped, with its calls, pages and downloads.
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    runtime: Arc<Runtime>,
}

impl Client {
    /// Wraps a client, and starts the thread that runs its connections.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) if the thread cannot be started.
    pub fn new(client: crate::Client) -> Result<Self, Error> {
        Ok(Self { client, runtime: Arc::new(Runtime::start()?) })
    }

    /// A client with the settings of the environment. [`Client::from_env`](crate::Client::from_env) has the table of the variables.
    ///
    /// # Errors
    ///
    /// Those of [`Client::from_env`](crate::Client::from_env) and of [`new`](Self::new).
    #[cfg(feature = "transport")]
    #[cfg_attr(docsrs, doc(cfg(feature = "transport")))]
    pub fn from_env() -> Result<Self, Error> {
        Self::new(crate::Client::from_env()?)
    }

    /// The asynchronous client.
    #[must_use]
    pub fn as_async(&self) -> &crate::Client {
        &self.client
    }

    /// Wraps another client, and shares the thread with this one:
    ///
    /// ```
    /// # fn example(client: &stackone::blocking::Client) -> Result<(), stackone::Error> {
    /// let acme = client.with(client.as_async().to_builder().header("x-account-id", "acc_acme").build()?);
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn with(&self, client: crate::Client) -> Self {
        Self { client, runtime: Arc::clone(&self.runtime) }
    }

    /// Sends an operation and waits for its response. [`call`](Self::call) has settings for one call, and
    /// [`download`](Self::download) is for an operation with `response = download`.
    ///
    /// # Errors
    ///
    /// The errors of the asynchronous client, and `Config` inside a tokio runtime.
    pub fn send<O: Operation<Response: DecodeBuffered>>(&self, operation: O) -> Result<ResponseOf<O>, Error> {
        self.call(operation).send()
    }

    /// Sends an operation with `response = download`, and waits for the headers of its response.
    ///
    /// # Errors
    ///
    /// The errors of the asynchronous client, and `Config` inside a tokio runtime.
    pub fn download<O: Operation<Response = format::Download>>(
        &self,
        operation: O,
    ) -> Result<Response<Download>, Error> {
        self.call(operation).download()
    }

    /// The pages of a paginated operation, as an iterator of results. Each page is one request. An error ends the iterator.
    pub fn pages<O>(&self, operation: O) -> Pages<O>
    where
        O: Paginated<Paging: Paging<Value<O>>, Response: Decode<Value: Page>>,
    {
        self.call(operation).pages()
    }

    /// The items of all pages of a paginated operation, as an iterator of results. An error ends the iterator.
    pub fn items<O>(&self, operation: O) -> Items<O>
    where
        O: Paginated<Paging: Paging<Value<O>>, Response: Decode<Value: Page>>,
    {
        self.call(operation).items()
    }

    /// A call with settings of its own. [`Call::send`] sends it.
    ///
    /// ```no_run
    /// # use stackone::{blocking::Client, stackone_operation};
    /// # #[stackone_operation(method = "GET", path = "/users/{id}", response = String)]
    /// # struct GetUserRequest { #[path] id: String }
    /// # fn example(client: Client) -> Result<(), stackone::Error> {
    /// use std::time::Duration;
    ///
    /// let operation = GetUserRequest::builder().id("usr_1").build();
    /// let user = client.call(operation).timeout(Duration::from_secs(5)).no_retry().send()?;
    /// # Ok(()) }
    /// ```
    pub fn call<O: Operation>(&self, operation: O) -> Call<O> {
        Call::new(self.client.send(operation), Arc::clone(&self.runtime))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Client").field(&self.client).finish()
    }
}
