//! Content codings (RFC 9110, section 8.4). None is asked for, but an answer that has one is still an answer.

use crate::error::BoxError;
use bytes::Bytes;
use http::{HeaderMap, header::CONTENT_ENCODING};
use http_body::{Body, Frame, SizeHint};
use std::{
    pin::Pin,
    task::{Context, Poll},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Identity,
    #[cfg(feature = "gzip")]
    Gzip,
}

impl Coding {
    /// The coding of an answer, or which one cannot be read.
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
            other => Err(format!("it is compressed as `{other}`, which was not asked for and cannot be read")),
        }
    }

    pub(super) fn decode<B>(self, body: B) -> Decoded<B> {
        match self {
            Self::Identity => Decoded::Identity(body),
            #[cfg(feature = "gzip")]
            Self::Gzip => Decoded::Gzip(Box::new(super::inflate::Inflate::new(body))),
        }
    }
}

/// A body without its coding. The idle timer stays below, so that beats inside a decoder's buffer are heard.
pub(super) enum Decoded<B> {
    Identity(B),
    #[cfg(feature = "gzip")]
    Gzip(Box<super::inflate::Inflate<B>>),
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

/// Whether a body broke off because what came is not in the coding that its answer names, and not because it was cut.
pub(super) fn is_garbled(error: &BoxError) -> bool {
    #[cfg(feature = "gzip")]
    return error.is::<super::inflate::Garbled>();
    #[cfg(not(feature = "gzip"))]
    {
        let _ = error;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_named() {
        let of = |value: &str| Coding::of(&[(CONTENT_ENCODING, value.parse().unwrap())].into_iter().collect());
        assert_eq!(Coding::of(&HeaderMap::new()), Ok(Coding::Identity));
        assert_eq!(of(" Identity "), Ok(Coding::Identity));
        assert_eq!(of("identity, identity"), Ok(Coding::Identity));
        #[cfg(feature = "gzip")]
        assert_eq!(of("identity, GZIP"), Ok(Coding::Gzip));
        assert!(of("br").unwrap_err().contains("`br`"));
        assert!(of("gzip, br").is_err());
        let mut headers = HeaderMap::new();
        for line in ["gzip", "br"] {
            headers.append(CONTENT_ENCODING, line.parse().unwrap());
        }
        assert!(Coding::of(&headers).unwrap_err().contains("`gzip, br`"));
    }
}
