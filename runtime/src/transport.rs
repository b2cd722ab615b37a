//! Transports: the services that send HTTP.
//!
//! The default transport needs the feature `transport`. [`ClientBuilder::build_with`](crate::ClientBuilder::build_with) takes
//! any other: every cloneable `tower::Service` of HTTP is an [`IntoTransport`]. A transport of your own can report with
//! [`NotSent`] that a request was not sent. An axum router is a transport for tests:
//! [`ClientBuilder::build_with_router`](crate::ClientBuilder::build_with_router).
//!
//! # Layers
//!
//! [`ClientBuilder::layer`](crate::ClientBuilder::layer) puts any `tower::Layer` around each attempt, over every transport. A layer
//! wraps a [`TransportService`], which is a `tower::Service<http::Request<RequestBody>>`. A layer may change the request, wait,
//! answer by itself, or look at the response. Each retry passes through the layers again.
//!
//! The extensions of the request say what it is for:
//!
//! | extension | what it is |
//! | --- | --- |
//! | [`&'static Metadata`](crate::operation::Metadata) | the operation |
//! | [`Attempt`](crate::Attempt) | the number of the attempt, and the id of the call |
//!
//! ```
//! use stackone::{Attempt, Client, http::{HeaderValue, Request}, operation::Metadata, transport::RequestBody};
//! use tower::util::MapRequestLayer;
//!
//! fn label(mut request: Request<RequestBody>) -> Request<RequestBody> {
//!     let operation = request.extensions().get::<&'static Metadata>().map(|metadata| metadata.id());
//!     let attempt = request.extensions().get::<Attempt>().map(|attempt| attempt.number());
//!     if let Some(attempt) = attempt.filter(|number| *number > 1) {
//!         println!("{operation:?} is sent for the {attempt}th time");
//!         request.headers_mut().insert("x-attempt", HeaderValue::from(attempt));
//!     }
//!     request
//! }
//! let builder = Client::builder().layer(MapRequestLayer::new(label));
//! ```
//!
//! The rules:
//!
//! - `header_timeout` covers the time that an attempt spends in the layers, before the transport and after it.
//! - A request that waits in a layer is not sent: for `poll_ready`, in `call`, or in the queue of a `tower::buffer::Buffer`. If
//!   the attempt then ends, the error says so, and the request is never sent. A layer that removes the request's extensions
//!   loses this knowledge.
//! - An error of a layer means that the request may have been sent, because it may come from below. A layer that refuses a request
//!   returns [`NotSent`], or [`NotSent::permanent`] to prevent retries. A `NotSent` from below stays one as long as it is in the
//!   chain of sources.
//! - The service is cloned for each attempt. A service that is not `Clone`, such as `tower::limit::RateLimit`, goes below
//!   `ServiceBuilder::buffer`, which needs a tokio runtime when the client is built.
//! - tower's limits end at the headers of a response. Its body, with the heartbeats, does not count.
//! - The headers of the request contain the credentials. They are marked as sensitive, and so are the headers that an operation
//!   declares as `sensitive`. The URI contains the key of `api_key_query`.
//!
//! The examples of the repository show rate and concurrency limits, a signer, `tower_http::trace`, a cache and a circuit breaker.
//!
//! # `reqwest` and others as the transport
//!
//! `tower::service_fn` makes a transport of any function that sends HTTP. For `reqwest`:
//!
//! ```ignore
//! let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
//! let transport = tower::service_fn(move |request: http::Request<reqwest::Body>| {
//!     let http = http.clone();
//!     async move { Ok::<http::Response<reqwest::Body>, BoxError>(http.execute(request.try_into()?).await.map_err(unsent)?.into()) }
//! });
//! let client = stackone::Client::builder().api_key("v1.eu1.key").build_with(transport)?;
//!
//! type BoxError = Box<dyn std::error::Error + Send + Sync>;
//!
//! // Without it, the client does not know that nothing was sent, and a write is not tried again.
//! fn unsent(error: reqwest::Error) -> BoxError {
//!     if error.is_connect() { stackone::transport::NotSent::new(error).into() } else { error.into() }
//! }
//! ```
//!
//! The transport must not follow redirects, and needs no time limits of its own. The example `reqwest_transport` is a complete
//! program. To send without the client, see [`decode_response`](crate::decode_response).
//!
//! # The default transport
//!
//! It has pooled connections with HTTP/1.1 and HTTP/2, TLS with rustls, and the proxies of the environment. This table has each
//! setting of the layers below. A dash in the second column means that the value is theirs.
//!
//! | setting | default below | here | reason |
//! | --- | --- | --- | --- |
//! | **TCP** | | | |
//! | time to connect, with proxy, TLS and HTTP | no limit | 10 s: [`connect_timeout`] | a host that drops packets |
//! | share of an address | no limit | an equal share, in each of IPv6 and IPv4 | the first address may drop packets |
//! | start of IPv4 after IPv6 (RFC 8305) | 300 ms | 250 ms | the recommended value |
//! | `TCP_NODELAY` | off | on | a request is written at once |
//! | keep-alive: first probe, and each next one | off | 15 s: [`tcp_keepalive`] | finds a dead connection; keeps NAT entries alive |
//! | keep-alive: number of probes | of the system | - | `TCP_USER_TIMEOUT` ends it where it exists |
//! | `TCP_USER_TIMEOUT`, on Linux and Android | off | 30 s: twice [`tcp_keepalive`] | full windows, in which no ping can be sent |
//! | data that the system has not sent yet, on Linux | 4 MiB or more | 128 KiB | a buffer would hide that the server no longer reads |
//! | buffer sizes, local address, interface, mark, `SO_REUSEADDR` | of the system | - | the system adapts them |
//! | DNS | `getaddrinfo` | - | follows the settings of the machine |
//! | **Pool** | | | |
//! | connection without requests | 90 s | 90 s | |
//! | number of connections of a host | one for HTTP/2, else no limit | no limit | one opens when no stream is free |
//! | connection after a call that timed out or was dropped while it waited | used again over HTTP/2 | not used again | it may be dead, with each one that is older than the call |
//! | request on a connection that closed before it was sent | sent again | sent again | nothing arrived |
//! | **HTTP/1.1** | | | |
//! | headers of a response | 100 | 256 | proxies add many; hyper prepares memory for all of them |
//! | head of a response, and read buffer | 408 KiB | 512 KiB | as for HTTP/2 |
//! | lenient parsing (HTTP/0.9, spaces, folded or invalid headers) | off | - | such a response may be an attack |
//! | case of header names | lower case | - | names have no case |
//! | vectored writes, size of reads | adaptive | - | |
//! | **HTTP/2** | | | |
//! | without TLS | - | off: [`http2_prior_knowledge`] | |
//! | head of a response | 16 KiB | 512 KiB | a few cookies exceed 16 KiB |
//! | ping after silence, while streams are open | off | 20 s | finds a dead connection |
//! | answer to a ping | 20 s | 10 s | together less than `header_timeout` |
//! | ping without streams | off | - | the next call opens a connection |
//! | streams before the server has told its limit | 100 | 1 | a server with a lower limit refuses them |
//! | window of a stream, of a connection | 2 MiB, 5 MiB | - | enough for documents; an adaptive window needs more pings |
//! | frame size | 16 KiB | - | the minimum of RFC 9113 |
//! | buffer of request data for each stream | 1 MiB | - | |
//! | HPACK table | 4 KiB | - | |
//! | server push | off | - | |
//! | streams that were reset: remembered | 50, for 1 s | - | |
//! | streams reset by the server before they were read | 20 | - | protects against floods |
//! | streams reset because of its errors | 1024 | - | protects against floods |
//! | data frames of a few bytes that are not read yet | about 10,000 | - | heartbeats are read as they arrive |
//! | **TLS** | | | |
//! | versions | 1.2, 1.3 | - | |
//! | cipher suites, key exchange | those of ring | - | |
//! | root certificates | none | of the platform, and [`root_certificates`]; on Unix except Apple and Android, `SSL_CERT_FILE` and `SSL_CERT_DIR` replace those of the platform | as curl does |
//! | certificate of the client | none | [`client_certificate`] | |
//! | ALPN | none | `h2`, `http/1.1`; none for a proxy | |
//! | SNI | on | - | |
//! | resumption | 256 sessions, in memory | - | |
//! | early data (0-RTT) | off | - | a request could arrive twice |
//! | buffers | 64 KiB | - | |
//! | key log | off | - | |
//! | **Proxies** | of the environment | as curl: [`no_proxy`] | a value that cannot be used is an error |
//! | SOCKS | - | not supported: an error when the client is built, unless [`connector`] opens the streams | |
//!
//! [`connect_timeout`]: crate::ClientBuilder::connect_timeout
//! [`connector`]: crate::ClientBuilder::connector
//! [`tcp_keepalive`]: crate::ClientBuilder::tcp_keepalive
//! [`root_certificates`]: crate::ClientBuilder::root_certificates
//! [`client_certificate`]: crate::ClientBuilder::client_certificate
//! [`http2_prior_knowledge`]: crate::ClientBuilder::http2_prior_knowledge
//! [`no_proxy`]: crate::ClientBuilder::no_proxy

mod builder_state;
#[cfg(feature = "transport")]
mod connect_error;
#[cfg(feature = "transport")]
mod connection;
#[cfg(feature = "transport")]
mod connector;
#[cfg(feature = "transport")]
mod dial;
mod erased;
#[cfg(feature = "transport")]
mod head_limits;
#[cfg(feature = "transport")]
mod http_connection;
mod layer;
#[cfg(feature = "transport")]
mod pool;
#[cfg(feature = "transport")]
mod pooled;
#[cfg(feature = "transport")]
mod proxies;
mod request_body;
mod response_body;
mod send_state;
#[cfg(feature = "transport")]
mod tcp;
#[cfg(feature = "transport")]
mod tls;
#[cfg(feature = "transport")]
mod upload_body;

#[cfg(feature = "transport")]
pub(crate) use pooled::{DefaultTransport, Settings};

pub use builder_state::{NewTransport, SharedTransport};
#[cfg(feature = "transport")]
pub(crate) use dial::dial;
pub use erased::IntoTransport;
pub(crate) use erased::Transport;
pub use layer::TransportService;
pub use request_body::RequestBody;
pub use response_body::ResponseBody;
pub(crate) use send_state::{SendProgress, SendState};

use std::{error::Error as StdError, fmt, io, pin::Pin, sync::Arc};

type BoxFuture<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

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
    std::iter::successors(Some(error), |&error| {
        // `source` of an `io::Error` leaves out the error that it wraps.
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map_or_else(|| error.source(), |wrapped| Some(wrapped))
    })
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
