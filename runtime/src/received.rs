//! What is received of the body of a response, from a client's transport or from another HTTP library.

use crate::{error::Cause, format::ResponseFormat};
use bytes::Bytes;
use std::mem;

/// The default limit of a body, in bytes.
pub(crate) const MAX_BODY: u64 = 32 << 20;
/// The default number of bytes of an error response that are kept.
pub(crate) const MAX_ERROR_BODY: u64 = 64 << 10;
/// The default limit of heartbeats.
pub(crate) const MAX_HEARTBEATS: u64 = 1_000_000;

/// The limits of what is received.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) body: u64,
    pub(crate) error_body: u64,
    pub(crate) heartbeats: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body: MAX_BODY, error_body: MAX_ERROR_BODY, heartbeats: MAX_HEARTBEATS }
    }
}

/// What was received of a body.
#[derive(Default)]
pub(crate) struct Received {
    /// Without content coding and heartbeats. Empty if it has a coding that cannot be decoded.
    pub(crate) bytes: Bytes,
    pub(crate) heartbeats: u64,
}

impl Received {
    /// The body of an error response. White space around it is no content.
    pub(crate) fn of_error(bytes: &Bytes) -> Self {
        Self { bytes: bytes.slice_ref(bytes.trim_ascii()), heartbeats: 0 }
    }
}

/// The bytes of a body so far, up to a limit. The first chunk is kept as it is until a second one arrives.
pub(crate) struct Buffer {
    first: Bytes,
    joined: Vec<u8>,
    limit: usize,
}

impl Buffer {
    pub(crate) fn new(limit: u64) -> Self {
        Self { first: Bytes::new(), joined: Vec::new(), limit: usize::try_from(limit).unwrap_or(usize::MAX) }
    }

    fn len(&self) -> usize {
        self.first.len() + self.joined.len()
    }

    /// Adds a chunk. `false` if the body is now longer than the limit; the bytes up to the limit are kept.
    pub(crate) fn push(&mut self, mut chunk: Bytes) -> bool {
        let room = self.limit - self.len();
        let fits = chunk.len() <= room;
        chunk.truncate(room);
        if self.len() == 0 {
            self.first = chunk;
            return fits;
        }
        if !self.first.is_empty() {
            self.joined.extend_from_slice(&mem::take(&mut self.first));
        }
        self.joined.extend_from_slice(&chunk);
        fits
    }

    pub(crate) fn into_bytes(self) -> Bytes {
        if self.joined.is_empty() { self.first } else { self.joined.into() }
    }
}

/// Whether a body above the limit does no harm: the caller does not see it, and an error envelope starts with a brace.
pub(crate) fn may_be_skipped(format: ResponseFormat, bytes: &[u8]) -> bool {
    format == ResponseFormat::Ignored && !bytes.starts_with(b"{")
}

pub(crate) fn body_too_large(limit: u64) -> Cause {
    Cause::BodyTooLarge { limit, unit: "bytes (setting `max_body`)" }
}

pub(crate) fn too_many_heartbeats(limit: u64) -> Cause {
    Cause::BodyTooLarge { limit, unit: "heartbeats (setting `max_heartbeats`)" }
}

/// The first bytes of a body. A part is copied, so that it does not keep the rest in memory.
pub(crate) fn first_bytes(body: &Bytes, limit: u64) -> Bytes {
    match usize::try_from(limit) {
        Ok(limit) if limit < body.len() => Bytes::copy_from_slice(&body[..limit]),
        _ => body.clone(),
    }
}
