//! What sends HTTP: the default transport, and what a transport of your own can say.

#[cfg(feature = "transport")]
mod connect;
#[cfg(feature = "transport")]
mod default;
mod erased;
#[cfg(feature = "transport")]
mod tls;

#[cfg(feature = "transport")]
pub(crate) use default::{DefaultTransport, Settings};

#[cfg(feature = "transport")]
pub(crate) use erased::BoxFuture;
pub use erased::IntoTransport;
pub(crate) use erased::{ResponseBody, Transport};

use std::{error::Error as StdError, fmt};

/// An error of a transport that provably gave no byte of the request to a server.
///
/// A client retries such a failure for every operation and calls it [`ErrorKind::Connect`](crate::ErrorKind::Connect).
/// Any other error of a transport is taken for one that may have happened after the request was sent. A service of your
/// own that can tell the difference wraps its error in this, anywhere in the chain of sources:
///
/// ```
/// use stackone::transport::NotSent;
///
/// fn connect() -> Result<(), NotSent> {
///     Err(NotSent::new("no route to host"))
/// }
/// assert_eq!(connect().unwrap_err().to_string(), "not sent: no route to host");
/// ```
#[derive(Debug)]
pub struct NotSent(Box<dyn StdError + Send + Sync>);

impl NotSent {
    /// Wraps the error that kept the request from being sent.
    pub fn new(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(error.into())
    }
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not sent: {}", self.0)
    }
}

impl StdError for NotSent {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.0.as_ref())
    }
}

/// Whether a transport's error says that the request was not sent.
pub(crate) fn was_not_sent(error: &(dyn StdError + 'static)) -> bool {
    std::iter::successors(Some(error), |&error| error.source()).any(|error| error.is::<NotSent>() || is_connect(error))
}

#[cfg(feature = "transport")]
fn is_connect(error: &(dyn StdError + 'static)) -> bool {
    // A refused stream was not processed (RFC 9113, section 8.7).
    let refused = |error: &h2::Error| error.is_remote() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
    if error.downcast_ref::<h2::Error>().is_some_and(refused) {
        return true;
    }
    error.downcast_ref::<hyper_util::client::legacy::Error>().is_some_and(hyper_util::client::legacy::Error::is_connect)
}

#[cfg(not(feature = "transport"))]
fn is_connect(_: &(dyn StdError + 'static)) -> bool {
    false
}
