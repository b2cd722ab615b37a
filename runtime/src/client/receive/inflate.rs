//! Gzip (RFC 1952), piece by piece.

use crate::{error::BoxError, heartbeat::FRAMES_PER_POLL};
use bytes::{Buf, Bytes};
use http_body::{Body, Frame};
use std::{
    fmt, io,
    pin::Pin,
    task::{Context, Poll, ready},
};
use zlib_rs::{InflateFlush, Status};

/// How much is decoded at once. A piece can become a thousand times as much, which limits further up see only when it is
/// there.
const ROOM: usize = 16 << 10;

/// A gzip body, decoded. Every piece of it is decoded as far as it goes, so that beats do not wait for more.
pub(super) struct Inflate<B> {
    inner: B,
    member: zlib_rs::Inflate,
    /// The member is complete: the body ends, or another follows it (section 2.2).
    whole: bool,
    compressed: Bytes,
    room: Box<[u8]>,
    /// The room was all used, so that there may be more of what was taken in already.
    full: bool,
    ended: bool,
}

impl<B> Inflate<B> {
    pub(super) fn new(inner: B) -> Self {
        Self {
            inner,
            member: member(),
            whole: false,
            compressed: Bytes::new(),
            room: vec![0; ROOM].into(),
            full: false,
            ended: false,
        }
    }

    /// As much as there is room for. It is nothing if more has to come first.
    fn bite(&mut self) -> Result<Bytes, Garbled> {
        if std::mem::take(&mut self.whole) {
            self.member = member();
        }
        let (taken, given) = (self.member.total_in(), self.member.total_out());
        let status = self
            .member
            .decompress(&self.compressed, &mut self.room, InflateFlush::NoFlush)
            .map_err(|error| Garbled(self.member.error_message().unwrap_or(error.as_str())))?;
        self.compressed.advance(length(self.member.total_in() - taken));
        let plain = &self.room[..length(self.member.total_out() - given)];
        self.whole = status == Status::StreamEnd;
        self.full = plain.len() == ROOM && !self.whole;
        Ok(Bytes::copy_from_slice(plain))
    }
}

/// Reads gzip and nothing else, which is what the 16 says, with a window of any size. It compares checksum and length.
fn member() -> zlib_rs::Inflate {
    zlib_rs::Inflate::new(true, 16 + 15)
}

#[expect(clippy::cast_possible_truncation, reason = "it is of a slice")]
fn length(difference: u64) -> usize {
    difference as usize
}

impl<B> Body for Inflate<B>
where
    B: Body<Data = Bytes, Error = BoxError> + Unpin,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        for _ in 0..FRAMES_PER_POLL {
            if this.ended {
                return Poll::Ready(None);
            }
            let plain = if this.compressed.is_empty() && !this.full {
                match ready!(Pin::new(&mut this.inner).poll_frame(cx)) {
                    Some(Ok(frame)) => {
                        this.compressed = frame.into_data().unwrap_or_default();
                        continue;
                    }
                    Some(Err(error)) => Err(error),
                    // No member at all is the coding of nothing.
                    None if this.whole || this.member.total_in() == 0 => {
                        this.ended = true;
                        continue;
                    }
                    None => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the gzip stream has no end").into()),
                }
            } else {
                this.bite().map_err(BoxError::from)
            };
            match plain {
                Ok(plain) if plain.is_empty() => {}
                Ok(plain) => return Poll::Ready(Some(Ok(Frame::data(plain)))),
                Err(error) => {
                    this.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

/// What came is not gzip, or not what was compressed. It says why.
#[derive(Debug)]
pub(super) struct Garbled(&'static str);

impl fmt::Display for Garbled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it cannot be decompressed: {}", self.0)
    }
}

impl std::error::Error for Garbled {}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{
        Compression,
        write::{GzEncoder, MultiGzDecoder},
    };
    use proptest::{collection::vec, prelude::*, sample::Index};
    use std::{io::Write, task::Waker};

    /// A body of pieces of this length.
    struct Chunks(Bytes, usize);

    impl Body for Chunks {
        type Data = Bytes;
        type Error = BoxError;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
            let length = self.1.min(self.0.len());
            let chunk = self.0.split_to(length);
            Poll::Ready(Some(chunk).filter(|chunk| !chunk.is_empty()).map(|chunk| Ok(Frame::data(chunk))))
        }
    }

    fn ours(compressed: &[u8], length: usize) -> Option<Vec<u8>> {
        let mut body = Inflate::new(Chunks(Bytes::copy_from_slice(compressed), length));
        let mut whole = Vec::new();
        while let Poll::Ready(frame) = Pin::new(&mut body).poll_frame(&mut Context::from_waker(Waker::noop())) {
            let Some(frame) = frame else { return Some(whole) };
            let plain = frame.ok()?.into_data().unwrap();
            assert!((1..=ROOM).contains(&plain.len()));
            whole.extend_from_slice(&plain);
        }
        panic!("the body never waits");
    }

    fn flate2(compressed: &[u8]) -> Option<Vec<u8>> {
        let mut decoder = MultiGzDecoder::new(Vec::new());
        decoder.write_all(compressed).ok()?;
        decoder.finish().ok()
    }

    fn compress(texts: &[Vec<u8>], level: u32) -> Vec<u8> {
        let member = |text: &Vec<u8>| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::new(level));
            encoder.write_all(text).unwrap();
            encoder.finish().unwrap()
        };
        texts.iter().flat_map(member).collect()
    }

    /// What repeats itself, little or much or all of it, up to many times the room.
    fn text() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![vec(any::<u8>(), 0..200), vec(b'a'..=b'c', 0..2 * ROOM), (0..8 * ROOM).prop_map(|n| vec![b'a'; n])]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn it_reads_what_another_wrote(texts in vec(text(), 1..4), level in 0u32..=9, length in 1usize..5000) {
            prop_assert_eq!(ours(&compress(&texts, level), length), Some(texts.concat()));
        }

        #[test]
        fn it_refuses_what_another_refuses(texts in vec(text(), 1..3), at in any::<Index>(), bit in 0u32..8) {
            let mut compressed = compress(&texts, 6);
            *at.get_mut(&mut compressed) ^= 1 << bit;
            prop_assert_eq!(ours(&compressed, 1000), flate2(&compressed));
        }
    }
}
