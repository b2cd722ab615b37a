//! Streams that the program opens in place of TCP.

use super::BoxFuture;
use http::Uri;
use std::{io, pin::Pin, sync::Arc};
use tokio::io::{AsyncRead, AsyncWrite};

/// Opens a stream to the server of a URI.
pub(crate) type Dial = Arc<dyn Fn(Uri) -> BoxFuture<Stream, io::Error> + Send + Sync>;

/// Any stream.
pub(crate) type Stream = Pin<Box<dyn ReadWrite>>;

pub(crate) trait ReadWrite: AsyncRead + AsyncWrite + Send {}

impl<S: AsyncRead + AsyncWrite + Send> ReadWrite for S {}

/// Hides the types of a connector.
pub(crate) fn dial<F, S>(connect: impl Fn(Uri) -> F + Send + Sync + 'static) -> Dial
where
    F: Future<Output = io::Result<S>> + Send + 'static,
    S: AsyncRead + AsyncWrite + Send + 'static,
{
    Arc::new(move |server| {
        let stream = connect(server);
        Box::pin(async { stream.await.map(|stream| Box::pin(stream) as Stream) })
    })
}
