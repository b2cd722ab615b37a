//! The phases in which a call can fail.

use std::fmt;

/// The phase in which a call failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request could not be built from its values; nothing was sent.
    Build,
    /// The client's own settings are wrong; nothing was sent.
    Config,
    /// No connection could be made, or the server refused the request unread; either way nothing was done.
    Connect,
    /// One of the three timers ran out.
    Timeout(TimeoutKind),
    /// The connection was lost, or spoke something else than HTTP, before an answer came.
    Transport,
    /// The answer began and did not come to its end: the connection was lost, half a document came, or heartbeats alone.
    Truncated,
    /// The server answered with an error, or with a redirect, which is not followed.
    Api,
    /// The answer came whole and is not what the operation declares.
    Decode,
    /// The answer is larger than the limit.
    BodyTooLarge,
    /// The server named a page a second time, so that the pages would go round in a circle.
    Pagination,
}

/// Which timer ran out. Each is a setting of the client and of a single call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TimeoutKind {
    /// `header_timeout`: from the start of an attempt to the head of its answer.
    Header,
    /// `idle_timeout`: the longest silence inside an answer. A heartbeat ends the silence.
    Idle,
    /// `timeout`: the whole call, with its retries and the waits between them.
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

impl fmt::Display for TimeoutKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.setting())
    }
}
