//! Decoding gzip (RFC 1952) as it arrives.

use super::coding_error::InvalidCoding;
use crate::{
    chunks::{FRAMES_PER_POLL, poll_chunk},
    error::BoxError,
};
use bytes::{Buf, Bytes};
use http_body::{Body, Frame};
use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};
use zlib_rs::{InflateFlush, Status};

/// The largest chunk of decoded bytes. Gzip can make a thousand bytes of one, and the size limit of the body is checked
/// after each chunk.
const ROOM: usize = 16 << 10;

/// A decoded gzip body. Each chunk is decoded as far as possible, so that heartbeats are not delayed.
pub(super) struct GzipBody<B> {
    inner: B,
    member: zlib_rs::Inflate,
    /// Whether the member is complete. The body then ends, or another member follows (RFC 1952, section 2.2).
    is_member_complete: bool,
    compressed: Bytes,
    room: Box<[u8]>,
    /// Whether the last chunk used all the room, so that the decoder may have more bytes.
    is_room_used: bool,
    has_ended: bool,
}

impl<B> GzipBody<B> {
    pub(super) fn new(inner: B) -> Self {
        Self {
            inner,
            member: member(),
            is_member_complete: false,
            compressed: Bytes::new(),
            room: vec![0; ROOM].into(),
            is_room_used: false,
            has_ended: false,
        }
    }

    /// Decodes the next chunk. It is empty if the decoder needs more input.
    fn decode_chunk(&mut self) -> Result<Bytes, InvalidCoding> {
        if std::mem::take(&mut self.is_member_complete) {
            self.member = member();
        }
        let (taken, given) = (self.member.total_in(), self.member.total_out());
        let status = self
            .member
            .decompress(&self.compressed, &mut self.room, InflateFlush::NoFlush)
            .map_err(|error| InvalidCoding(self.member.error_message().unwrap_or(error.as_str())))?;
        self.compressed.advance(length(self.member.total_in() - taken));
        let plain = &self.room[..length(self.member.total_out() - given)];
        self.is_member_complete = status == Status::StreamEnd;
        self.is_room_used = plain.len() == ROOM && !self.is_member_complete;
        Ok(Bytes::copy_from_slice(plain))
    }
}

/// A decoder for one member. 16 means gzip only, and 15 a window of any size. It checks the checksum and the length.
fn member() -> zlib_rs::Inflate {
    zlib_rs::Inflate::new(true, 16 + 15)
}

#[expect(clippy::cast_possible_truncation, reason = "it is the length of a slice")]
fn length(difference: u64) -> usize {
    difference as usize
}

impl<B> Body for GzipBody<B>
where
    B: Body<Data = Bytes, Error = BoxError> + Unpin,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        for _ in 0..FRAMES_PER_POLL {
            if this.has_ended {
                return Poll::Ready(None);
            }
            let plain = if this.compressed.is_empty() && !this.is_room_used {
                match ready!(poll_chunk(Pin::new(&mut this.inner), cx)) {
                    Some(Ok(chunk)) => {
                        this.compressed = chunk;
                        continue;
                    }
                    Some(Err(error)) => Err(error),
                    // An empty body has no member.
                    None if this.is_member_complete || this.member.total_in() == 0 => {
                        this.has_ended = true;
                        continue;
                    }
                    None => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the gzip stream is incomplete").into()),
                }
            } else {
                this.decode_chunk().map_err(BoxError::from)
            };
            match plain {
                Ok(plain) if plain.is_empty() => {}
                Ok(plain) => return Poll::Ready(Some(Ok(Frame::data(plain)))),
                Err(error) => {
                    this.has_ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{
        Compression,
        write::{GzEncoder, MultiGzDecoder},
    };
    use proptest::{collection::vec, prelude::*, sample::Index};
    use std::{io::Write, task::Waker};

    /// A body in chunks of this length.
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
        let mut body = GzipBody::new(Chunks(Bytes::copy_from_slice(compressed), length));
        let mut whole = Vec::new();
        while let Poll::Ready(frame) = Pin::new(&mut body).poll_frame(&mut Context::from_waker(Waker::noop())) {
            let Some(frame) = frame else { return Some(whole) };
            let plain = frame.ok()?.into_data().unwrap();
            assert!((1..=ROOM).contains(&plain.len()));
            whole.extend_from_slice(&plain);
        }
        panic!("the body is always ready");
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

    /// Text that repeats itself, up to many times the room.
    fn text() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![vec(any::<u8>(), 0..200), vec(b'a'..=b'c', 0..2 * ROOM), (0..8 * ROOM).prop_map(|n| vec![b'a'; n])]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn it_decodes_what_flate2_encodes(texts in vec(text(), 1..4), level in 0u32..=9, length in 1usize..5000) {
            prop_assert_eq!(ours(&compress(&texts, level), length), Some(texts.concat()));
        }

        #[test]
        fn it_refuses_what_flate2_refuses(texts in vec(text(), 1..3), at in any::<Index>(), bit in 0u32..8) {
            let mut compressed = compress(&texts, 6);
            *at.get_mut(&mut compressed) ^= 1 << bit;
            prop_assert_eq!(ours(&compressed, 1000), flate2(&compressed));
        }
    }
}
