//! A download as a reader.

use super::runtime::Runtime;
use crate::{DownloadBody, Progress, decode::io_error};
use std::{
    fmt,
    io::{self, BufRead, Read, Write},
    path::Path,
    sync::Arc,
};

/// The bytes of a download, as they arrive: a [`Read`] and a [`BufRead`]. They are not kept in memory. Dropping it closes the
/// connection.
///
/// It is a [`DownloadBody`] without async, which says what happens after a lost connection, and which time limits apply.
///
/// ```no_run
/// # fn example(download: stackone::blocking::Download) -> std::io::Result<()> {
/// let name = download.file_name().unwrap_or("download").to_owned();
/// let length = download
///     .on_progress(|progress| println!("{} of {:?} bytes", progress.received(), progress.total()))
///     .copy_to_file(&name)?;
/// println!("{name}: {length} bytes");
/// # Ok(()) }
/// ```
///
/// An error of a reader has the [`Error`](crate::Error) of the call inside. A download that ends early is an error, and never complete:
///
/// ```no_run
/// # fn example(mut download: stackone::blocking::Download) -> std::io::Result<()> {
/// let mut text = String::new();
/// if let Err(error) = std::io::Read::read_to_string(&mut download, &mut text) {
///     let cause = error.get_ref().and_then(|cause| cause.downcast_ref::<stackone::Error>());
///     println!("{:?}", cause.map(stackone::Error::kind));
/// }
/// # Ok(()) }
/// ```
pub struct Download {
    body: DownloadBody,
    runtime: Arc<Runtime>,
}

impl Download {
    pub(super) fn new(body: DownloadBody, runtime: Arc<Runtime>) -> Self {
        Self { body, runtime }
    }

    /// The `Content-Type`. See [`DownloadBody::content_type`].
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.body.content_type()
    }

    /// The number of bytes of the whole body, if the server declared it.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.body.content_length()
    }

    /// The file name that `Content-Disposition` suggests, and never a path. See [`DownloadBody::file_name`].
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.body.file_name()
    }

    /// The number of bytes that have arrived.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.body.received()
    }

    /// The number of bytes that are left, if the server declared the length.
    #[must_use]
    pub fn remaining(&self) -> Option<u64> {
        self.body.remaining()
    }

    /// Calls `callback` after each chunk that arrives, however it is read. Default: no callback.
    #[must_use]
    pub fn on_progress(self, callback: impl FnMut(Progress) + Send + 'static) -> Self {
        Self { body: self.body.on_progress(callback), ..self }
    }

    /// Writes the rest of the body to a writer, and flushes it. Returns the number of bytes. At most one chunk is in memory.
    ///
    /// # Errors
    ///
    /// The errors of the writer and those of the download. The kind is `UnexpectedEof` for a cut download, and `TimedOut` for a
    /// timeout.
    pub fn copy_to<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<u64> {
        let mut copied = 0;
        loop {
            let chunk = self.fill_buf()?;
            let length = chunk.len();
            if length == 0 {
                writer.flush()?;
                return Ok(copied);
            }
            writer.write_all(chunk)?;
            self.consume(length);
            copied += length as u64;
        }
    }

    /// Saves the rest of the body in a file, which appears once it is complete. Returns the number of bytes. See
    /// [`DownloadBody::copy_to_file`].
    ///
    /// # Errors
    ///
    /// The errors of [`copy_to`](Self::copy_to) and of the file system.
    pub fn copy_to_file(&mut self, path: impl AsRef<Path>) -> io::Result<u64> {
        self.runtime.block_on(self.body.copy_to_file(path)).map_err(io_error)?
    }
}

impl BufRead for Download {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.runtime.block_on(self.body.fill()).map_err(io_error)?
    }

    fn consume(&mut self, length: usize) {
        self.body.consume(length);
    }
}

impl Read for Download {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(room)?;
        self.consume(length);
        Ok(length)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").field("remaining", &self.remaining()).finish_non_exhaustive()
    }
}
