//! From the bytes of an answer to the value a caller gets.

mod download;
mod empty;
mod path;

pub use download::DownloadBody;

use crate::{
    client::{Answer, Payload},
    error::BoxError,
    format::{self, Decodable, Download, Format, Ignored, Json, Text},
};
use bytes::Bytes;

/// A format whose answers a [`Client`](crate::Client) can decode.
pub trait Decode: Format {
    /// What the caller gets.
    type Value;

    /// Whether there is a value for an answer without a body.
    #[doc(hidden)]
    #[must_use]
    fn accepts_empty() -> bool {
        false
    }

    /// The value of an answer that was taken in.
    #[doc(hidden)]
    fn decode(answer: &mut Received) -> Result<Self::Value, Undecodable>;
}

/// An answer on its way to the decoder.
#[doc(hidden)]
#[derive(Debug)]
pub struct Received(pub(crate) Answer);

/// Why an answer is not what the operation declares, and where in it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Undecodable {
    pub(crate) path: Option<String>,
    pub(crate) source: BoxError,
}

impl Received {
    fn bytes(&self) -> &Bytes {
        static NONE: Bytes = Bytes::new();
        match &self.0.payload {
            Payload::Whole(bytes) => bytes,
            Payload::Stream(_) => &NONE,
        }
    }
}

impl<T: Decodable> Decode for Json<T> {
    type Value = T;

    fn accepts_empty() -> bool {
        T::deserialize(empty::Empty).is_ok()
    }

    fn decode(answer: &mut Received) -> Result<T, Undecodable> {
        let bytes = answer.bytes();
        if bytes.is_empty() {
            return T::deserialize(empty::Empty).map_err(|error| Undecodable { path: None, source: error.into() });
        }
        serde_json::from_str(text(bytes)?).map_err(|error| mismatch(bytes, error))
    }
}

/// A document as text. Looked through at once, as decoding would look at each of its strings: a page takes nearly a fifth
/// less.
fn text(document: &[u8]) -> Result<&str, Undecodable> {
    str::from_utf8(document)
        .map_err(|error| Undecodable { path: path::at_byte(document, error.valid_up_to()), source: error.into() })
}

/// The path is found in the document once an error has said where it is, so that the types of a program are compiled
/// for one deserializer and not also for one that keeps track of paths.
fn mismatch(document: &[u8], error: serde_json::Error) -> Undecodable {
    Undecodable { path: path::at(document, error.line(), error.column()), source: error.into() }
}

impl Decode for Text {
    type Value = String;

    fn decode(answer: &mut Received) -> Result<String, Undecodable> {
        str::from_utf8(answer.bytes())
            .map(str::to_owned)
            .map_err(|error| Undecodable { path: None, source: error.into() })
    }
}

impl Decode for format::Bytes {
    type Value = Bytes;

    fn decode(answer: &mut Received) -> Result<Bytes, Undecodable> {
        Ok(answer.bytes().clone())
    }
}

impl Decode for Download {
    type Value = DownloadBody;

    fn decode(answer: &mut Received) -> Result<DownloadBody, Undecodable> {
        Ok(DownloadBody::new(&mut answer.0))
    }
}

impl Decode for Ignored {
    type Value = ();

    fn accepts_empty() -> bool {
        true
    }

    fn decode(_: &mut Received) -> Result<(), Undecodable> {
        Ok(())
    }
}
