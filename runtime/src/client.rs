//! The client: operations in, decoded answers out.

mod address;
mod base_url;
mod builder;
mod call;
mod context;
mod defaults;
mod key;
mod pages;
mod receive;
mod response;
mod service;
mod stack;

pub use builder::ClientBuilder;
pub use call::{Call, ResponseFuture};
pub(crate) use context::{Context, Outgoing};
pub use key::ApiKey;
pub use pages::{Items, Pages};
pub(crate) use receive::{Answer, Payload, Silent};
pub use response::Response;
#[cfg(feature = "transport")]
pub(crate) use service::BoxFuture;
pub(crate) use service::ResponseBody;

use crate::Operation;
use context::Options;
use service::Transport;
use std::{fmt, sync::Arc};

/// Sends operations: authentication, timers, retries, heartbeats and typed errors over any transport.
///
/// Cloning is cheap and shares connections and the retry budget. It needs tokio's clock, so calls are awaited inside a
/// tokio runtime.
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
pub struct Client(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    transport: Transport,
    options: Options,
}

impl Client {
    /// The settings of a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Sends an operation, once the answer is awaited. Settings for this call alone go in between:
    /// `client.send(operation).timeout(Duration::from_secs(5)).no_retry().await?`.
    ///
    /// Dropping the future closes the connection it waits on (or resets its HTTP/2 stream). A write may have happened
    /// by then.
    pub fn send<O: Operation>(&self, operation: O) -> Call<O> {
        Call::new(self.clone(), operation)
    }
}

/// Without the key, which is one of the default headers.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.0.options.base_url).finish_non_exhaustive()
    }
}
