//! Receiving a body without async: `bytes -> heartbeats -> size limit`.

use crate::{
    classify::has_no_body,
    error::Cause,
    format::ResponseFormat,
    heartbeat::Stripper,
    operation::Metadata,
    received::{Buffer, Limits, Received, body_too_large, may_be_skipped, too_many_heartbeats},
};
use bytes::Bytes;
use http::StatusCode;
use std::io::{self, Read};

/// The chunks of a body.
pub(super) trait Chunks {
    /// The next chunk, or `None` at the end.
    fn next(&mut self) -> io::Result<Option<Bytes>>;
}

/// A body of one chunk. It is not copied.
impl Chunks for Option<Bytes> {
    fn next(&mut self) -> io::Result<Option<Bytes>> {
        Ok(self.take())
    }
}

/// The chunks of a reader.
pub(super) struct ReadChunks<R> {
    reader: R,
    room: Box<[u8]>,
}

impl<R: Read> ReadChunks<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, room: vec![0; 16 << 10].into() }
    }
}

impl<R: Read> Chunks for ReadChunks<R> {
    fn next(&mut self) -> io::Result<Option<Bytes>> {
        loop {
            match self.reader.read(&mut self.room) {
                Ok(0) => return Ok(None),
                Ok(length) => {
                    // A faulty reader may return a number above the length of its buffer.
                    let chunk = self.room.get(..length).ok_or(io::ErrorKind::InvalidData)?;
                    return Ok(Some(Bytes::copy_from_slice(chunk)));
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Receives a body. What was received is returned also if it fails.
pub(super) fn receive(
    limits: Limits,
    metadata: &Metadata,
    status: StatusCode,
    chunks: &mut dyn Chunks,
) -> (Received, Result<(), Cause>) {
    if !status.is_success() {
        return (receive_error(limits.error_body, chunks), Ok(()));
    }
    if has_no_body(metadata, status) {
        return (Received::default(), Ok(()));
    }
    let format = metadata.response();
    let mut body = Body {
        stripper: matches!(format, ResponseFormat::Json | ResponseFormat::Ignored).then(Stripper::new),
        buffer: Buffer::new(limits.body),
    };
    let end = body.receive(limits.heartbeats, chunks);
    let received = Received { heartbeats: body.heartbeats(), bytes: body.buffer.into_bytes() };
    let result = match end {
        End::Complete => Ok(()),
        End::TooLarge if may_be_skipped(format, &received.bytes) => {
            return (Received { bytes: Bytes::new(), ..received }, Ok(()));
        }
        End::TooLarge => Err(body_too_large(limits.body)),
        End::TooManyHeartbeats => Err(too_many_heartbeats(limits.heartbeats)),
        End::Failed(error) => {
            Err(Cause::Truncated { received: received.bytes.len() as u64, expected: None, source: Some(error.into()) })
        }
    };
    (received, result)
}

/// Receives the body of an error response. What arrives is kept, whatever happens then.
fn receive_error(limit: u64, chunks: &mut dyn Chunks) -> Received {
    let mut buffer = Buffer::new(limit);
    while let Ok(Some(chunk)) = chunks.next() {
        if !buffer.push(chunk) {
            break;
        }
    }
    Received::of_error(&buffer.into_bytes())
}

enum End {
    Complete,
    TooLarge,
    TooManyHeartbeats,
    Failed(io::Error),
}

struct Body {
    /// `None` if the response is not a document.
    stripper: Option<Stripper>,
    buffer: Buffer,
}

impl Body {
    fn heartbeats(&self) -> u64 {
        self.stripper.as_ref().map_or(0, Stripper::beats)
    }

    fn receive(&mut self, max_heartbeats: u64, chunks: &mut dyn Chunks) -> End {
        loop {
            let (chunk, is_last) = match chunks.next() {
                Ok(Some(chunk)) => match &mut self.stripper {
                    Some(stripper) => (stripper.push(chunk), false),
                    None => (chunk, false),
                },
                Ok(None) => (self.stripper.as_mut().map(Stripper::finish).unwrap_or_default(), true),
                Err(error) => return End::Failed(error),
            };
            if self.heartbeats() > max_heartbeats {
                return End::TooManyHeartbeats;
            }
            if !self.buffer.push(chunk) {
                return End::TooLarge;
            }
            if is_last {
                return End::Complete;
            }
        }
    }
}
