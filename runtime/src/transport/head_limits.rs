//! The limits for the head of a response.

use super::chain;
use crate::error::BoxError;
use std::{error::Error as StdError, fmt};

/// The largest number of headers over HTTP/1.1. hyper takes 100 by default, and some servers send more. hyper prepares the
/// memory for all of them before each response: 1000 headers cost 9,500 instructions of a call of 55,000.
pub(super) const MAX_HEADERS: usize = 256;

/// The largest head in bytes. hyper takes 16 KiB by default over HTTP/2, which a few cookies exceed.
pub(super) const MAX_HEAD_BYTES: u32 = 512 << 10;

/// The head of a response exceeds a limit of the transport. Another attempt would get the same response.
#[derive(Debug, Clone, Copy)]
pub(super) enum HeadTooLarge {
    Certain,
    /// h2 has no error of its own for a head above the limit.
    Possible,
}

impl fmt::Display for HeadTooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Certain => "the head of the response is ",
            Self::Possible => "the head of the response is malformed, or ",
        })?;
        write!(f, "larger than the limit of {MAX_HEADERS} headers or {} KiB", MAX_HEAD_BYTES >> 10)
    }
}

impl StdError for HeadTooLarge {}

/// Names the limit if the error of hyper may come from one.
pub(super) fn name_limit(error: BoxError) -> BoxError {
    let too_large = chain(error.as_ref()).find_map(|error| {
        let of_hyper = error.downcast_ref::<hyper::Error>().and_then(of_hyper);
        of_hyper.or_else(|| error.downcast_ref::<h2::Error>().and_then(of_h2))
    });
    too_large.map_or(error, Into::into)
}

/// hyper has a predicate for this error only for servers.
fn of_hyper(error: &hyper::Error) -> Option<HeadTooLarge> {
    (error.is_parse() && error.to_string() == "message head is too large").then_some(HeadTooLarge::Certain)
}

/// h2 resets the stream of a head above the limit, and closes the connection of one far above it.
fn of_h2(error: &h2::Error) -> Option<HeadTooLarge> {
    match error.reason() {
        Some(h2::Reason::PROTOCOL_ERROR) if error.is_library() && error.is_reset() => Some(HeadTooLarge::Possible),
        Some(h2::Reason::ENHANCE_YOUR_CALM) if error.is_library() => Some(HeadTooLarge::Possible),
        _ => None,
    }
}
