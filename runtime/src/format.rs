//! How a successful answer is read. The `response` key of the attribute chooses one of these.

use serde::de::DeserializeOwned;
use std::marker::PhantomData;

/// A way of reading a successful answer.
///
/// | attribute | format | what `Client::send` gives |
/// | --- | --- | --- |
/// | `response = Type` | [`Json<Type>`](Json) | `Type` |
/// | `response = text` | [`Text`] | `String` |
/// | `response = bytes` | [`Bytes`] | `bytes::Bytes` |
/// | `response = download` | [`Download`] | a stream of bytes |
/// | none | [`Ignored`] | `()` |
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a way to read a response",
    note = "write `response = Type` for JSON, or `response = text`, `bytes` or `download`"
)]
pub trait Format {
    /// The same as a value.
    const KIND: ResponseFormat;
}

/// What kind of answer an operation has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseFormat {
    /// A JSON document, whose leading heartbeats are dropped.
    Json,
    /// Text, as UTF-8.
    Text,
    /// Bytes, held in memory.
    Bytes,
    /// Bytes, streamed to the caller.
    Download,
    /// Whatever comes, unless it is an error report; leading heartbeats are dropped.
    Ignored,
}

impl ResponseFormat {
    /// The `Accept` header that asks for it.
    #[must_use]
    pub const fn accept(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Text => "text/plain, */*;q=0.5",
            Self::Bytes | Self::Download | Self::Ignored => "*/*",
        }
    }
}

/// What JSON is decoded to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be decoded from JSON",
    label = "does not implement `serde::Deserialize`",
    note = "add `#[derive(serde::Deserialize)]` to `{Self}`; it must own its data",
    note = "for an answer that is not JSON write `response = text`, `bytes` or `download`"
)]
pub trait Decodable: DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> Decodable for T {}

/// A JSON document in UTF-8 (RFC 8259, section 8.1), decoded to `T`. For an `Option` or `()` it may be empty.
#[derive(Debug)]
pub struct Json<T>(PhantomData<fn() -> T>);

/// UTF-8 text.
#[derive(Debug)]
pub struct Text(());

/// Bytes, held in memory.
#[derive(Debug)]
pub struct Bytes(());

/// Bytes, streamed to the caller; their number does not matter to memory.
#[derive(Debug)]
pub struct Download(());

/// The answer's body is looked at only for an error report in it.
#[derive(Debug)]
pub struct Ignored(());

impl<T: Decodable> Format for Json<T> {
    const KIND: ResponseFormat = ResponseFormat::Json;
}

impl Format for Text {
    const KIND: ResponseFormat = ResponseFormat::Text;
}

impl Format for Bytes {
    const KIND: ResponseFormat = ResponseFormat::Bytes;
}

impl Format for Download {
    const KIND: ResponseFormat = ResponseFormat::Download;
}

impl Format for Ignored {
    const KIND: ResponseFormat = ResponseFormat::Ignored;
}
