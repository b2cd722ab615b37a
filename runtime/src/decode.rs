//! From the bytes of an answer to the value a caller gets.

mod download;
mod empty;
mod path;

pub use download::DownloadBody;

use crate::{
    client::{Answer, Payload},
    error::BoxError,
    format::{Binary, Decodable, Download, Format, Ignored, Json, Text},
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
    fn take(&mut self) -> Bytes {
        match &self.0.payload {
            Payload::Whole(bytes) => bytes.clone(),
            Payload::Stream(_) => Bytes::new(),
        }
    }
}

impl<T: Decodable> Decode for Json<T> {
    type Value = T;

    fn accepts_empty() -> bool {
        T::deserialize(empty::Empty).is_ok()
    }

    fn decode(answer: &mut Received) -> Result<T, Undecodable> {
        let bytes = answer.take();
        if bytes.is_empty() {
            return T::deserialize(empty::Empty).map_err(|error| Undecodable { path: None, source: error.into() });
        }
        serde_json::from_slice(&bytes).map_err(|error| mismatch(&bytes, error))
    }
}

/// The path is found in the document once an error has said where it is, so that the types of a program are compiled
/// for one deserializer and not also for one that keeps track of paths.
fn mismatch(document: &[u8], error: serde_json::Error) -> Undecodable {
    Undecodable { path: path::at(document, error.line(), error.column()), source: error.into() }
}

impl Decode for Text {
    type Value = String;

    fn decode(answer: &mut Received) -> Result<String, Undecodable> {
        String::from_utf8(answer.take().into()).map_err(|error| {
            // The error itself would hold the whole text.
            Undecodable { path: None, source: error.utf8_error().into() }
        })
    }
}

impl Decode for Binary {
    type Value = Bytes;

    fn decode(answer: &mut Received) -> Result<Bytes, Undecodable> {
        Ok(answer.take())
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
