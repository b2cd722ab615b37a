//! How a successful response is read. The `response` key of the attribute chooses the format.

mod headers;
mod responses;

#[doc(hidden)]
#[cfg(feature = "test")]
pub(crate) use headers::FieldValues;
#[doc(inline)]
pub use headers::{HeaderError, HeaderField, Headers, HeadersAnd, ResponseHeaders, WithHeaders, response_header};
pub use headers::{check_header_names, optional_response_header};

#[doc(inline)]
pub use responses::{ByStatus, Responses};
#[doc(hidden)]
pub use responses::{DocumentReader, check_statuses};

use serde::de::DeserializeOwned;
use std::marker::PhantomData;

/// A way to read a successful response. It is sealed: the types of this module implement it.
///
/// | attribute | format | value of `Client::send` |
/// | --- | --- | --- |
/// | `response = Type` | [`Json<Type>`](Json) | `Type` |
/// | `responses = Enum` | [`ByStatus<Enum>`](ByStatus) | `Enum` |
/// | `response = text` | [`Text`] | `String` |
/// | `response = bytes` | [`Bytes`] | `bytes::Bytes` |
/// | `response = download` | [`Download`] | a stream of bytes |
/// | none | [`Ignored`] | `()` |
/// | `response_headers = H` | [`Headers<H>`](Headers) | `H` |
/// | one of the above, and `response_headers = H` | [`HeadersAnd<H, ..>`](HeadersAnd) | [`WithHeaders<H, ..>`](WithHeaders) |
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a way to read a response",
    note = "write `response = Type` for JSON, or `response = text`, `bytes` or `download`"
)]
pub trait Format: sealed::Sealed {
    /// The format as a value.
    const FORMAT: ResponseFormat;
}

/// The format of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseFormat {
    /// A JSON document. Heartbeats before it are removed.
    Json,
    /// Text, as UTF-8.
    Text,
    /// Bytes, held in memory.
    Bytes,
    /// Bytes, streamed to the caller.
    Download,
    /// Any body. It is checked for an error envelope and otherwise ignored.
    Ignored,
}

impl ResponseFormat {
    /// The `Accept` header of an operation with this format.
    #[must_use]
    pub const fn accept(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Text => "text/plain, */*;q=0.5",
            Self::Bytes | Self::Download | Self::Ignored => "*/*",
        }
    }
}

/// A type that is decoded from JSON.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be decoded from JSON",
    label = "does not implement `serde::Deserialize`",
    note = "add `#[derive(serde::Deserialize)]` to `{Self}`; it must own its data",
    note = "for a response that is not JSON, write `response = text`, `bytes` or `download`; for an enum of `responses!`, write `responses = {Self}`"
)]
pub trait Decodable: DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> Decodable for T {}

/// A JSON document in UTF-8 (RFC 8259, section 8.1), decoded as `T`. For an `Option` or `()` the body may be empty.
#[derive(Debug)]
pub struct Json<T>(PhantomData<fn() -> T>);

/// UTF-8 text.
#[derive(Debug)]
pub struct Text(());

/// Bytes, held in memory.
#[derive(Debug)]
pub struct Bytes(());

/// Bytes, streamed to the caller. They are not held in memory.
#[derive(Debug)]
pub struct Download(());

/// The body is checked for an error envelope and otherwise ignored.
#[derive(Debug)]
pub struct Ignored(());

mod sealed {
    /// It is private, so that no other crate can implement [`Format`](super::Format).
    pub trait Sealed {}
}

impl<T: Decodable> sealed::Sealed for Json<T> {}
impl sealed::Sealed for Text {}
impl sealed::Sealed for Bytes {}
impl sealed::Sealed for Download {}
impl sealed::Sealed for Ignored {}

impl<T: Decodable> Format for Json<T> {
    const FORMAT: ResponseFormat = ResponseFormat::Json;
}

impl Format for Text {
    const FORMAT: ResponseFormat = ResponseFormat::Text;
}

impl Format for Bytes {
    const FORMAT: ResponseFormat = ResponseFormat::Bytes;
}

impl Format for Download {
    const FORMAT: ResponseFormat = ResponseFormat::Download;
}

impl Format for Ignored {
    const FORMAT: ResponseFormat = ResponseFormat::Ignored;
}
