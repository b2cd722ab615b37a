//! Copies a download to a writer, or to a file.

use super::{DownloadBody, io_error};
use bytes::Buf;
use std::{
    fs,
    future::poll_fn,
    io,
    path::{Path, PathBuf},
    pin::Pin,
    process,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};
use tokio::{
    fs::{File, OpenOptions, metadata, rename},
    io::AsyncWrite,
};

impl DownloadBody {
    /// Writes the rest of the body to a writer, and flushes it. Returns the number of bytes. At most one chunk is in memory.
    ///
    /// If the future is dropped, some bytes may be lost: they are neither in the writer nor in the body.
    ///
    /// # Errors
    ///
    /// The errors of the writer and those of the download. [`io::Error::get_ref`] returns the [`Error`](crate::Error) of the
    /// download. The kind is `UnexpectedEof` for a cut download, and `TimedOut` for a timeout.
    pub async fn copy_to<W: AsyncWrite + Unpin + ?Sized>(&mut self, writer: &mut W) -> io::Result<u64> {
        let mut copied = 0;
        while let Some(mut chunk) = self.try_next().await.map_err(io_error)? {
            while !chunk.is_empty() {
                let written = poll_fn(|cx| Pin::new(&mut *writer).poll_write(cx, &chunk)).await?;
                if written == 0 {
                    return Err(io::ErrorKind::WriteZero.into());
                }
                chunk.advance(written);
                copied += written as u64;
            }
        }
        self.end()?;
        poll_fn(|cx| Pin::new(&mut *writer).poll_flush(cx)).await?;
        Ok(copied)
    }

    /// Saves the rest of the body in a file. Returns the number of bytes. At most one chunk is in memory.
    ///
    /// The bytes are written to a file beside `path` with a name like `.stackone-4711-0.part`. It gets the name `path` once it is
    /// complete and on disk, in place of a file with that name. Hence a file at `path` is always complete. If the download fails, or the future is
    /// dropped, the partial file is removed.
    ///
    /// # Errors
    ///
    /// The errors of [`copy_to`](Self::copy_to), and those of the file system, which name the path. A directory, a device or a pipe with
    /// this name is an error, and nothing of the body is read then.
    pub async fn copy_to_file(&mut self, path: impl AsRef<Path>) -> io::Result<u64> {
        let path = path.as_ref();
        let (part, mut file) = PartialFile::create(path).await?;
        let copied = self.copy_to(&mut file).await;
        // An error of the download has its text, and one of the file system only a code.
        let length = copied.map_err(|error| if error.get_ref().is_none() { at(path, &error) } else { error })?;
        file.sync_all().await.map_err(|error| at(path, &error))?;
        drop(file.into_std().await);
        rename(&part.0, path).await.map_err(|error| at(path, &error))?;
        part.keep();
        Ok(length)
    }
}

/// An error of the file system with the path, which it does not name.
fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{}` cannot be written: {error}", path.display()))
}

/// A file that is removed when this is dropped.
struct PartialFile(PathBuf);

impl PartialFile {
    async fn create(path: &Path) -> io::Result<(Self, File)> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        // A rename would take the place of a device.
        let exists_otherwise = metadata(path).await.is_ok_and(|metadata| !metadata.is_file());
        if path.file_name().is_none() || exists_otherwise {
            let message = format!("`{}` does not name a file", path.display());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        // The same directory, because a file cannot be renamed to another file system.
        let name = format!(".stackone-{}-{}.part", process::id(), NEXT.fetch_add(1, Relaxed));
        let part = path.with_file_name(name);
        let file = OpenOptions::new().write(true).create_new(true).open(&part).await;
        let file = file.map_err(|error| at(path, &error))?;
        Ok((Self(part), file))
    }

    fn keep(mut self) {
        self.0 = PathBuf::new();
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        if !self.0.as_os_str().is_empty() {
            // An error has no receiver here, and the first error of the download says more.
            let _ = fs::remove_file(&self.0);
        }
    }
}
