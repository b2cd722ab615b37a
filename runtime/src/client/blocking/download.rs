//! A download as a reader.

use super::runtime::Runtime;
use crate::{DownloadBody, Error, ErrorKind};
use bytes::{Buf, Bytes};
use std::{
    fmt,
    io::{self, BufRead, Read},
    sync::Arc,
};

/// The bytes of a download, as they arrive: a [`Read`] and a [`BufRead`]. They are not kept in memory. Dropping it closes the
/// connection.
///
/// The setting `idle_timeout` applies to it. A download that ends early is an error, with the [`Error`] of the call inside:
///
/// ```no_run
/// # fn example(mut download: stackone::blocking::Download) -> std::io::Result<()> {
/// let mut file = std::fs::File::create("report.pdf")?;
/// if let Err(error) = std::io::copy(&mut download, &mut file) {
///     let cause = error.get_ref().and_then(|cause| cause.downcast_ref::<stackone::Error>());
///     println!("{:?}", cause.map(stackone::Error::kind));
/// }
/// # Ok(()) }
/// ```
pub struct Download {
    body: DownloadBody,
    /// The part of the last chunk that is not read yet.
    chunk: Bytes,
    runtime: Arc<Runtime>,
}

impl Download {
    pub(super) fn new(body: DownloadBody, runtime: Arc<Runtime>) -> Self {
        Self { body, chunk: Bytes::new(), runtime }
    }

    /// The number of bytes that are left, if the server declared the length.
    #[must_use]
    pub fn remaining(&self) -> Option<u64> {
        Some(self.body.remaining()? + self.chunk.len() as u64)
    }
}

impl BufRead for Download {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.chunk.is_empty() {
            let next = self.runtime.block_on(self.body.try_next()).and_then(|next| next);
            self.chunk = next.map_err(into_io)?.unwrap_or_default();
        }
        Ok(&self.chunk)
    }

    fn consume(&mut self, length: usize) {
        self.chunk.advance(length.min(self.chunk.len()));
    }
}

impl Read for Download {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(room)?;
        self.consume(length);
        Ok(length)
    }
}

fn into_io(error: Error) -> io::Error {
    let kind = match error.kind() {
        ErrorKind::Truncated => io::ErrorKind::UnexpectedEof,
        ErrorKind::Timeout(_) => io::ErrorKind::TimedOut,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, error)
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").field("remaining", &self.remaining()).finish_non_exhaustive()
    }
}
