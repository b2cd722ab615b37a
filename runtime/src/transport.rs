//! Transports: the services that send HTTP.
//!
//! The default transport needs the feature `transport`. [`ClientBuilder::build_with`](crate::ClientBuilder::build_with) takes
//! any other: every cloneable `tower::Service` of HTTP is an [`IntoTransport`]. A transport of your own can report with
//! [`NotSent`] that a request was not sent.

#[cfg(feature = "transport")]
mod connect_error;
#[cfg(feature = "transport")]
mod connector;
mod erased;
#[cfg(feature = "transport")]
mod full_body;
#[cfg(feature = "transport")]
mod head_limits;
#[cfg(feature = "transport")]
mod http_connection;
#[cfg(feature = "transport")]
mod pool;
#[cfg(feature = "transport")]
mod pooled;
#[cfg(feature = "transport")]
mod proxies;
#[cfg(feature = "transport")]
mod tcp;
#[cfg(feature = "transport")]
mod tls;

#[cfg(feature = "transport")]
pub(crate) use pooled::{DefaultTransport, Settings};

#[cfg(feature = "transport")]
pub(crate) use erased::BoxFuture;
pub use erased::IntoTransport;
pub(crate) use erased::{ResponseBody, Transport};

use std::{
    error::Error as StdError,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

/// The error of a transport that sent no byte of the request.
///
/// The client retries it for every operation, and reports it as [`ErrorKind::Connect`](crate::ErrorKind::Connect). After every
/// other error of a transport, the server may have received the request. A service of your own that knows the difference
/// wraps its error in a `NotSent`, anywhere in its chain of sources:
///
/// ```
/// use stackone::transport::NotSent;
///
/// fn connect() -> Result<(), NotSent> {
///     Err(NotSent::new("no route to host"))
/// }
/// let error = connect().unwrap_err();
/// assert_eq!(error.to_string(), "the request was not sent");
/// assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "no route to host");
/// ```
#[derive(Debug, Clone)]
pub struct NotSent {
    reason: Arc<dyn StdError + Send + Sync>,
    is_permanent: bool,
}

impl NotSent {
    /// Wraps the reason.
    pub fn new(reason: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { reason: reason.into().into(), is_permanent: false }
    }

    /// Wraps a reason that stays the same, such as an untrusted certificate. The default retry policy does not try again.
    pub fn permanent(reason: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { reason: reason.into().into(), is_permanent: true }
    }
}

impl fmt::Display for NotSent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request was not sent")
    }
}

impl StdError for NotSent {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.reason.as_ref())
    }
}

fn chain<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// Whether another attempt would fail in the same way.
pub(crate) fn is_permanent(error: &(dyn StdError + 'static)) -> bool {
    chain(error).any(|error| {
        #[cfg(feature = "transport")]
        if error.is::<head_limits::HeadTooLarge>() {
            return true;
        }
        error.downcast_ref::<NotSent>().is_some_and(|error| error.is_permanent)
    })
}

/// Whether the error of a transport means that the request was not sent.
pub(crate) fn was_not_sent(error: &(dyn StdError + 'static)) -> bool {
    chain(error).any(|error| error.is::<NotSent>() || is_connect(error))
}

#[cfg(feature = "transport")]
fn is_connect(error: &(dyn StdError + 'static)) -> bool {
    // The server did not process a refused stream, or one above the last stream of its GOAWAY (RFC 9113, section 8.7). The
    // streams below get another error when their connection is closed.
    let refused = |error: &h2::Error| {
        error.is_remote() && (error.is_go_away() || error.reason() == Some(h2::Reason::REFUSED_STREAM))
    };
    if error.downcast_ref::<h2::Error>().is_some_and(refused) {
        return true;
    }
    error.downcast_ref::<hyper_util::client::legacy::Error>().is_some_and(hyper_util::client::legacy::Error::is_connect)
}

#[cfg(not(feature = "transport"))]
fn is_connect(_: &(dyn StdError + 'static)) -> bool {
    false
}

/// Whether the transport still has the request of an attempt. It is one of the extensions of the request. A transport that
/// does not know it has given each request away.
#[derive(Debug, Clone, Default)]
pub(crate) struct SendState(Arc<AtomicBool>);

impl SendState {
    /// Whether no connection has the request.
    pub(crate) fn is_held(&self) -> bool {
        self.0.load(Relaxed)
    }

    #[cfg(feature = "transport")]
    fn set_held(&self, is_held: bool) {
        self.0.store(is_held, Relaxed);
    }
}
