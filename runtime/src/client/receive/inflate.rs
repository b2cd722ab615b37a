//! Gzip (RFC 1952), piece by piece.

use crate::error::BoxError;
use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use http_body::{Body, Frame};
use std::{
    fmt,
    io::{self, Write},
    pin::Pin,
    task::{Context, Poll, ready},
};

/// How much is fed to the decoder at once. It can become a thousand times as much, which limits further up see only
/// when it is there.
const BITE: usize = 1 << 10;

/// A gzip body, decoded. Every piece of it is decoded as far as it goes, so that beats do not wait for more.
pub(super) struct Inflate<B> {
    inner: B,
    decoder: MultiGzDecoder<Vec<u8>>,
    compressed: Bytes,
    ended: bool,
}

impl<B> Inflate<B> {
    pub(super) fn new(inner: B) -> Self {
        Self { inner, decoder: MultiGzDecoder::new(Vec::new()), compressed: Bytes::new(), ended: false }
    }

    fn bite(&mut self) -> io::Result<Vec<u8>> {
        let bite = self.compressed.split_to(BITE.min(self.compressed.len()));
        self.decoder.write_all(&bite)?;
        self.decoder.flush()?;
        Ok(std::mem::take(self.decoder.get_mut()))
    }

    fn finish(&mut self) -> io::Result<Vec<u8>> {
        self.decoder.try_finish()?;
        Ok(std::mem::take(self.decoder.get_mut()))
    }
}

impl<B> Body for Inflate<B>
where
    B: Body<Data = Bytes, Error = BoxError> + Unpin,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        while !this.ended {
            let plain = if this.compressed.is_empty() {
                match ready!(Pin::new(&mut this.inner).poll_frame(cx)) {
                    Some(Ok(frame)) => {
                        this.compressed = frame.into_data().unwrap_or_default();
                        continue;
                    }
                    Some(Err(error)) => {
                        this.ended = true;
                        return Poll::Ready(Some(Err(error)));
                    }
                    None => {
                        this.ended = true;
                        this.finish().map_err(BoxError::from)
                    }
                }
            } else {
                this.bite().map_err(|error| Garbled(error).into())
            };
            match plain {
                Ok(plain) if plain.is_empty() => {}
                Ok(plain) => return Poll::Ready(Some(Ok(Frame::data(plain.into())))),
                Err(error) => {
                    this.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        Poll::Ready(None)
    }
}

/// What came is not gzip. At the end of the body there is no telling it from a stream that was cut.
#[derive(Debug)]
pub(super) struct Garbled(io::Error);

impl fmt::Display for Garbled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it cannot be decompressed: {}", self.0)
    }
}

impl std::error::Error for Garbled {}
