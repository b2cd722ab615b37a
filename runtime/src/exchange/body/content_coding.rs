//! Content codings (RFC 9110, section 8.4). The client asks for none, but some servers compress all the same.

use crate::error::BoxError;
use bytes::Bytes;
use http::{HeaderMap, header::CONTENT_ENCODING};
use http_body::{Body, Frame, SizeHint};
use std::{
    pin::Pin,
    task::{Context, Poll},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ContentCoding {
    Identity,
    #[cfg(feature = "gzip")]
    Gzip,
}

impl ContentCoding {
    /// The coding of a response.
    ///
    /// # Errors
    ///
    /// A message that names the coding, if this crate cannot decode it.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, String> {
        if !headers.contains_key(CONTENT_ENCODING) {
            return Ok(Self::Identity);
        }
        let values = headers.get_all(CONTENT_ENCODING).iter();
        let codings = values.flat_map(|value| value.to_str().unwrap_or_default().split(','));
        let codings = codings.map(|coding| coding.trim().to_ascii_lowercase());
        let codings: Vec<_> = codings.filter(|coding| !matches!(coding.as_str(), "" | "identity")).collect();
        match codings.join(", ").as_str() {
            "" => Ok(Self::Identity),
            #[cfg(feature = "gzip")]
            "gzip" | "x-gzip" => Ok(Self::Gzip),
            other => Err(format!("it is compressed as `{other}`, which the client did not ask for and cannot decode")),
        }
    }

    pub(super) fn decode<B>(self, body: B) -> Decoded<B> {
        match self {
            Self::Identity => Decoded::Identity(body),
            #[cfg(feature = "gzip")]
            Self::Gzip => Decoded::Gzip(Box::new(super::gzip::GzipBody::new(body))),
        }
    }
}

/// A body without its coding.
pub(super) enum Decoded<B> {
    Identity(B),
    #[cfg(feature = "gzip")]
    Gzip(Box<super::gzip::GzipBody<B>>),
}

impl<B> Body for Decoded<B>
where
    B: Body<Data = Bytes, Error = BoxError> + Unpin,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut *self {
            Self::Identity(body) => Pin::new(body).poll_frame(cx),
            #[cfg(feature = "gzip")]
            Self::Gzip(body) => Pin::new(body.as_mut()).poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Identity(body) => body.is_end_stream(),
            #[cfg(feature = "gzip")]
            Self::Gzip(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Identity(body) => body.size_hint(),
            #[cfg(feature = "gzip")]
            Self::Gzip(_) => SizeHint::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_coding_is_named_in_the_error() {
        let of = |value: &str| ContentCoding::of(&[(CONTENT_ENCODING, value.parse().unwrap())].into_iter().collect());
        assert_eq!(ContentCoding::of(&HeaderMap::new()), Ok(ContentCoding::Identity));
        assert_eq!(of(" Identity "), Ok(ContentCoding::Identity));
        assert_eq!(of("identity, identity"), Ok(ContentCoding::Identity));
        #[cfg(feature = "gzip")]
        assert_eq!(of("identity, GZIP"), Ok(ContentCoding::Gzip));
        assert!(of("br").unwrap_err().contains("`br`"));
        assert!(of("gzip, br").is_err());
        let mut headers = HeaderMap::new();
        for line in ["gzip", "br"] {
            headers.append(CONTENT_ENCODING, line.parse().unwrap());
        }
        assert!(ContentCoding::of(&headers).unwrap_err().contains("`gzip, br`"));
    }
}
