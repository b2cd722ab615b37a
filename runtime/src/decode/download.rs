//! The value of a download.

mod copy;
mod progress;

pub use progress::Progress;

use super::content_disposition::file_name;
use crate::{Error, ErrorKind, chunks::poll_chunk, raw_response::StreamingBody};
use bytes::{Buf, Bytes};
use futures_core::{FusedStream, Stream};
use http::{
    HeaderMap, HeaderValue,
    header::{CONTENT_LENGTH, CONTENT_TYPE},
};
use http_body::{Body, Frame, SizeHint};
use progress::OnProgress;
use std::{
    fmt,
    future::poll_fn,
    io, mem,
    pin::Pin,
    task::{Context, Poll, ready},
};
use tokio::io::{AsyncRead, ReadBuf};

/// The bytes of a download, as they arrive. They are neither kept in memory nor changed. Dropping it closes the connection.
///
/// [`copy_to_file`](Self::copy_to_file) saves them, and [`copy_to`](Self::copy_to) writes them to any writer. To read them
/// yourself, use [`try_next`](Self::try_next), [`Stream`], [`AsyncRead`] or [`Body`].
///
/// ```no_run
/// # use stackone::{Client, stackone_operation};
/// # #[stackone_operation(method = "GET", path = "/files/{id}/download", response = download)]
/// # struct DownloadFileRequest { #[path] id: String }
/// # async fn example(client: Client, operation: DownloadFileRequest) -> Result<(), Box<dyn std::error::Error>> {
/// let file = client.send(operation).await?.value;
/// let name = file.file_name().unwrap_or("download").to_owned();
/// let length = file
///     .on_progress(|progress| println!("{} of {:?} bytes", progress.received(), progress.total()))
///     .copy_to_file(&name)
///     .await?;
/// println!("{name}: {length} bytes");
/// # Ok(()) }
/// ```
///
/// # Time limits
///
/// The setting `idle_timeout` applies to it. The overall `timeout` ends with the headers of the response, because the time
/// of a download depends on its size.
///
/// # Lost connections
///
/// If the connection is lost, or idle for too long, the rest is requested with `Range` and `If-Range`, after the wait of the
/// retry policy. The policy counts retries since the last byte that arrived. For hooks and spans, the request for the rest is
/// a call of its own. A server that answers 200 with the whole file is read again up to the missing byte. This needs a GET without a
/// `Range` of its own, and a response with the status 200, a `Content-Length` and a strong `ETag`. A `no_retry` call is
/// not resumed.
///
/// A download that ends early and cannot be resumed is an error of the kind [`Truncated`](ErrorKind::Truncated). It is never
/// reported as complete. HTTP/1 without `Content-Length` and without chunks has no mark of the end, so that a closed
/// connection is the end there; TLS reports an attacker who cuts it.
pub struct DownloadBody {
    /// `None` after the end, so that the connection is returned to the pool.
    body: Option<StreamingBody>,
    /// The part of a chunk that a reader has not taken.
    unread: Bytes,
    has_failed: bool,
    received: u64,
    content_length: Option<u64>,
    content_type: Option<HeaderValue>,
    file_name: Option<String>,
    on_progress: Option<OnProgress>,
}

impl DownloadBody {
    pub(super) fn new(body: Option<StreamingBody>, headers: &HeaderMap) -> Self {
        let declared = || headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok();
        Self {
            content_length: declared().or_else(|| body.as_ref()?.size_hint().exact()),
            body,
            unread: Bytes::new(),
            has_failed: false,
            received: 0,
            content_type: headers.get(CONTENT_TYPE).cloned(),
            file_name: file_name(headers),
            on_progress: None,
        }
    }

    /// The `Content-Type`, as in `application/pdf`. `None` if the server did not send it, or if it is not ASCII.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_ref()?.to_str().ok()
    }

    /// The number of bytes of the whole body, if the server declared it.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.content_length
    }

    /// The file name that `Content-Disposition` suggests (RFC 6266): `filename*`, or else `filename`.
    ///
    /// It is a name, and never a path: only the part after the last `/` or `\`, without control characters, and never `.`
    /// or `..`. Characters and names that are special on Windows are replaced. `None` if there is no usable name. The server chooses
    /// it, so that a file of the same name may exist.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The number of bytes that have arrived.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.received
    }

    /// The number of bytes that are left, if the server declared the length.
    #[must_use]
    pub fn remaining(&self) -> Option<u64> {
        Body::size_hint(self).exact()
    }

    /// Calls `callback` after each chunk that arrives, however it is read. It must not block. Default: no callback.
    #[must_use]
    pub fn on_progress(mut self, callback: impl FnMut(Progress) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(callback));
        self
    }

    /// The next chunk, or `None` at the end.
    ///
    /// # Errors
    ///
    /// `Truncated` if the connection is lost, and `Timeout(TimeoutKind::Idle)` if no byte arrives for `idle_timeout`.
    pub async fn try_next(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await.transpose()
    }

    /// The bytes that the next read takes: the rest of a chunk, or the next chunk. Empty at the end.
    #[cfg(feature = "blocking")]
    pub(crate) async fn fill(&mut self) -> io::Result<&[u8]> {
        if self.unread.is_empty() {
            match self.try_next().await.map_err(io_error)? {
                Some(chunk) => self.unread = chunk,
                None => self.end()?,
            }
        }
        Ok(&self.unread)
    }

    /// Takes bytes that [`fill`](Self::fill) has returned.
    #[cfg(feature = "blocking")]
    pub(crate) fn consume(&mut self, length: usize) {
        self.unread.advance(length.min(self.unread.len()));
    }

    fn report_progress(&mut self, length: usize) {
        self.received += length as u64;
        if let Some(on_progress) = &mut self.on_progress {
            on_progress(Progress { received: self.received, total: self.content_length });
        }
    }

    /// The end of the body. After an error it is an error again, so that a reader never takes the body for complete.
    fn end(&self) -> io::Result<()> {
        if self.has_failed {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the download failed before its end"));
        }
        Ok(())
    }
}

/// An error of the download as an error of a reader. `get_ref` returns the error of the download.
pub(crate) fn io_error(error: Error) -> io::Error {
    let kind = match error.kind() {
        ErrorKind::Truncated => io::ErrorKind::UnexpectedEof,
        ErrorKind::Timeout(_) => io::ErrorKind::TimedOut,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, error)
}

impl Body for DownloadBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if !self.unread.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(mem::take(&mut self.unread)))));
        }
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        let frame = ready!(body.as_mut().poll_frame(cx));
        match &frame {
            Some(Ok(frame)) => self.report_progress(frame.data_ref().map_or(0, Bytes::len)),
            end => (self.has_failed, self.body) = (end.is_some(), None),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.unread.is_empty() && self.body.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        let rest = self.body.as_ref().map_or_else(|| SizeHint::with_exact(0), Body::size_hint);
        let unread = self.unread.len() as u64;
        let mut hint = SizeHint::new();
        // The upper bound first, because the lower bound must not exceed it.
        if let Some(upper) = rest.upper() {
            hint.set_upper(upper.saturating_add(unread));
        }
        hint.set_lower(rest.lower().saturating_add(unread));
        hint
    }
}

impl Stream for DownloadBody {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        poll_chunk(self, cx)
    }
}

impl FusedStream for DownloadBody {
    fn is_terminated(&self) -> bool {
        self.unread.is_empty() && self.body.is_none()
    }
}

/// An error is an [`io::Error`] that contains the [`Error`]: `UnexpectedEof` for a cut download, `TimedOut` for a timeout.
impl AsyncRead for DownloadBody {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if buffer.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        let mut chunk = match ready!(self.as_mut().poll_next(cx)) {
            Some(chunk) => chunk.map_err(io_error)?,
            None => return Poll::Ready(self.end()),
        };
        let length = chunk.len().min(buffer.remaining());
        buffer.put_slice(&chunk[..length]);
        chunk.advance(length);
        self.unread = chunk;
        Poll::Ready(Ok(()))
    }
}

impl fmt::Debug for DownloadBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DownloadBody").field("remaining", &self.remaining()).finish_non_exhaustive()
    }
}
