//! The client: operations in, decoded responses out.

mod builder;
mod call;
mod header_rules;
mod pages;
mod response;
mod shared_settings;

pub use builder::ClientBuilder;
pub use call::{Call, ResponseFuture};
pub use pages::{Items, Pages};
pub use response::{Response, ResponseOf};

use crate::{Operation, settings::Settings, transport::Transport};
use std::{fmt, sync::Arc};

/// Sends operations over any transport, with credentials, time limits, retries, heartbeats and typed errors.
///
/// A clone is cheap. It shares the connections and the retry budget. Calls are awaited inside a tokio runtime whose time
/// and I/O drivers are enabled, as `#[tokio::main]` does; outside a runtime a call returns an error of the kind
/// [`Config`](crate::ErrorKind::Config).
///
/// ```no_run
/// # #[cfg(feature = "transport")]
/// # async fn example() -> Result<(), stackone::Error> {
/// use std::time::Duration;
/// use stackone::Client;
///
/// let client = Client::builder().api_key("v1.eu1.key").idle_timeout(Duration::from_secs(30)).build()?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Client {
    transport: Transport,
    settings: Arc<Settings>,
}

impl Client {
    /// Starts a client with default settings.
    ///
    /// ```no_run
    /// # #[cfg(feature = "transport")]
    /// # fn example() -> Result<(), stackone::Error> {
    /// let client = stackone::Client::builder().api_key("v1.eu1.key").build()?;
    /// # Ok(()) }
    /// ```
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Sends an operation when the returned call is awaited. The operation is taken by value or by reference.
    ///
    /// Settings for this call alone go before `.await`:
    ///
    /// ```no_run
    /// # use stackone::{Client, stackone_operation};
    /// # #[stackone_operation(method = "GET", path = "/users/{id}", response = String)]
    /// # struct GetUserRequest { #[path] id: String }
    /// # async fn example(client: Client) -> Result<(), stackone::Error> {
    /// use std::time::Duration;
    ///
    /// let operation = GetUserRequest::builder().id("usr_1").build();
    /// let user = client.send(&operation).timeout(Duration::from_secs(5)).no_retry().await?;
    /// println!("{} after {} attempts", *user, user.attempts());
    /// # Ok(()) }
    /// ```
    ///
    /// Dropping the future closes its connection, or resets its HTTP/2 stream. The server may have processed the request.
    pub fn send<O: Operation>(&self, operation: O) -> Call<O> {
        Call::new(self.clone(), operation)
    }
}

/// Without the credentials, which are one of the default headers.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.settings.base_url).finish_non_exhaustive()
    }
}
