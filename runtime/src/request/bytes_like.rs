//! Bodies that are sent as they are.

use bytes::Bytes;
use std::{borrow::Cow, sync::Arc};

/// A body that is sent as it is, with the media type the attribute gives.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a body of this `content_type`",
    label = "not text or bytes",
    note = "a body that is not JSON is `bytes::Bytes`, `Vec<u8>`, `String`, `&[u8]`, `&str`, or a `Cow`, `Box` or `Arc` of these",
    note = "for a form, write `content_type = \"application/x-www-form-urlencoded\"`"
)]
pub trait ToBody {
    /// The bytes, copied unless they are shared.
    fn to_body(&self) -> Bytes;
}

impl ToBody for Bytes {
    fn to_body(&self) -> Bytes {
        self.clone()
    }
}

impl ToBody for [u8] {
    fn to_body(&self) -> Bytes {
        Bytes::copy_from_slice(self)
    }
}

impl ToBody for str {
    fn to_body(&self) -> Bytes {
        self.as_bytes().to_body()
    }
}

impl<const N: usize> ToBody for [u8; N] {
    fn to_body(&self) -> Bytes {
        self.as_slice().to_body()
    }
}

impl ToBody for Vec<u8> {
    fn to_body(&self) -> Bytes {
        self.as_slice().to_body()
    }
}

impl ToBody for String {
    fn to_body(&self) -> Bytes {
        self.as_bytes().to_body()
    }
}

impl<T: ToBody + ?Sized> ToBody for &T {
    fn to_body(&self) -> Bytes {
        (**self).to_body()
    }
}

impl<T: ToBody + ?Sized> ToBody for Box<T> {
    fn to_body(&self) -> Bytes {
        (**self).to_body()
    }
}

impl<T: ToBody + ?Sized> ToBody for Arc<T> {
    fn to_body(&self) -> Bytes {
        (**self).to_body()
    }
}

impl<T: ToBody + ToOwned + ?Sized> ToBody for Cow<'_, T> {
    fn to_body(&self) -> Bytes {
        (**self).to_body()
    }
}
