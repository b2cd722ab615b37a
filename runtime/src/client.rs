//! The client: operations in, decoded responses out.

#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod call;
mod environment;
mod header_rules;
mod pages;
mod raw_call;
mod resume;
mod send_all;
mod shared_settings;

pub use builder::ClientBuilder;
pub use call::Call;
pub use pages::{Items, Pages};
pub use send_all::{Completed, FromIter, SendAll};

use crate::{
    Operation,
    settings::Settings,
    transport::{SharedTransport, Transport},
};
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
    /// `build` makes a client over the default transport, and `build_with` one over any other, here the
    /// stand-in of a test:
    ///
    #[cfg_attr(feature = "test", doc = "```")]
    #[cfg_attr(not(feature = "test"), doc = "```ignore")]
    /// # use stackone::{stackone_operation, test::Answer};
    /// # #[stackone_operation(method = "GET", path = "/greeting", response = text)]
    /// # struct GetGreetingRequest;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), stackone::Error> {
    /// use std::time::Duration;
    /// use stackone::{Client, test::StandIn};
    ///
    /// let stand_in = StandIn::new();
    /// # stand_in.expect::<GetGreetingRequest>(Answer::text("Good morning"));
    /// let client = Client::builder()
    ///     .api_key("v1.eu1.key")
    ///     .timeout(Duration::from_secs(30))
    ///     .build_with(stand_in.transport())?;
    /// assert_eq!(client.send(GetGreetingRequest).await?.value, "Good morning");
    /// # Ok(()) }
    /// ```
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Starts a client with the settings of this one. It shares the connections, the layers, the hooks and the retry budget.
    ///
    /// One line makes a client for another account, another header, other time limits or other credentials:
    ///
    /// ```
    /// # fn example(client: &stackone::Client) -> Result<(), stackone::Error> {
    /// use std::time::Duration;
    ///
    /// let acme = client.to_builder().header("x-account-id", "acc_acme").build()?;
    /// let patient = client.to_builder().timeout(Duration::from_secs(3_600)).build()?;
    /// let tenant = client.to_builder().api_key("v1.eu1.tenant").build()?;
    /// # Ok(()) }
    /// ```
    ///
    /// It is cheap enough for each request: at most four small allocations in these lines, less than 1 KiB together, and no
    /// connection, task or lock. The other client is not changed, and each of the two may be dropped first.
    pub fn to_builder(&self) -> ClientBuilder<SharedTransport> {
        ClientBuilder::derive(self)
    }

    /// Sends an operation when the returned call is awaited. The operation is taken by value or by reference.
    ///
    /// Settings for this call alone go before `.await`:
    ///
    #[cfg_attr(feature = "test", doc = "```")]
    #[cfg_attr(not(feature = "test"), doc = "```ignore")]
    /// # use stackone::{stackone_operation, test::{Answer, StandIn}};
    /// # #[stackone_operation(method = "GET", path = "/users/{id}", response = String)]
    /// # struct GetUserRequest { #[path] id: String }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), stackone::Error> {
    /// # let stand_in = StandIn::new();
    /// # stand_in.expect::<GetUserRequest>(Answer::json("Ada"));
    /// # let client = stand_in.client();
    /// use std::time::Duration;
    ///
    /// let operation = GetUserRequest::builder().id("usr_1").build();
    /// let user = client.send(&operation).timeout(Duration::from_secs(5)).no_retry().await?;
    /// assert_eq!(user.value, "Ada");
    /// assert_eq!(user.attempts(), 1);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error`](crate::Error) says which phase failed, and whether a write may have happened. [`ErrorKind`](crate::ErrorKind)
    /// has all phases.
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
