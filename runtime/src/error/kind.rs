//! The phases in which a call can fail.

use std::fmt;

/// The phase in which a call failed.
///
/// ```
/// use stackone::{ErrorKind, TimeoutKind};
///
/// assert_eq!(ErrorKind::Timeout(TimeoutKind::Idle).to_string(), "idle timeout");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A value of the request cannot be sent. Nothing was sent.
    Build,
    /// A setting of the client or of the call is wrong. Nothing was sent.
    Config,
    /// The source of credentials returned an error, or credentials that no request can contain. Without an earlier attempt,
    /// nothing was sent.
    Credentials,
    /// No connection was made, or the server refused the request before it processed it. The request has no effect.
    Connect,
    /// A time limit was exceeded.
    Timeout(TimeoutKind),
    /// The connection was lost, or the server did not speak HTTP, before a response arrived.
    Transport,
    /// The response started and did not end: the connection was lost, or half a document or only heartbeats arrived.
    Truncated,
    /// The server answered with an error, or with a redirect. The client does not follow redirects.
    Api,
    /// The response is complete, but it is not what the operation declares.
    Decode,
    /// The response is larger than the limit.
    BodyTooLarge,
    /// The position of the next page is an earlier one, cannot be found in the response, or cannot be requested. A link to another
    /// origin is one that cannot be requested.
    Pagination,
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Build => "invalid request",
            Self::Config => "invalid setting",
            Self::Credentials => "no credentials",
            Self::Connect => "connection failed",
            Self::Timeout(TimeoutKind::Header) => "header timeout",
            Self::Timeout(TimeoutKind::Idle) => "idle timeout",
            Self::Timeout(TimeoutKind::Overall) => "overall timeout",
            Self::Transport => "connection lost",
            Self::Truncated => "truncated response",
            Self::Api => "error response",
            Self::Decode => "undecodable response",
            Self::BodyTooLarge => "response too large",
            Self::Pagination => "repeated cursor",
        })
    }
}

/// The time limit that was exceeded. Each is a setting of the client and of a single call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// `header_timeout`: the time until the request is sent, and then until the headers of the response arrive.
    Header,
    /// `idle_timeout`: the time in which the server takes no byte of the request body, or no byte of the response body
    /// arrives. A heartbeat is a byte.
    Idle,
    /// `timeout`: the time of the whole call, with its retries and the waits between them.
    Overall,
}

impl TimeoutKind {
    /// The name of the setting.
    #[must_use]
    pub const fn setting(self) -> &'static str {
        match self {
            Self::Header => "header_timeout",
            Self::Idle => "idle_timeout",
            Self::Overall => "timeout",
        }
    }
}

/// The name of the setting.
impl fmt::Display for TimeoutKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.setting())
    }
}
