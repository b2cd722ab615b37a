//! Bodies that are sent unchanged.

use bytes::Bytes;
use std::{borrow::Cow, sync::Arc};

/// A body that is sent unchanged, with the media type of the attribute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a body of this `content_type`",
    label = "neither text nor bytes",
    note = "a body that is not JSON is `bytes::Bytes`, `Vec<u8>`, `String`, `&[u8]`, `&str`, or a `Cow`, `Box` or `Arc` of these",
    note = "for a form, write `content_type = \"application/x-www-form-urlencoded\"`"
)]
pub trait ToBytes {
    /// The bytes. `Bytes` are shared, and everything else is copied.
    fn to_bytes(&self) -> Bytes;
}

impl ToBytes for Bytes {
    fn to_bytes(&self) -> Bytes {
        self.clone()
    }
}

impl ToBytes for [u8] {
    fn to_bytes(&self) -> Bytes {
        Bytes::copy_from_slice(self)
    }
}

impl ToBytes for str {
    fn to_bytes(&self) -> Bytes {
        self.as_bytes().to_bytes()
    }
}

impl<const N: usize> ToBytes for [u8; N] {
    fn to_bytes(&self) -> Bytes {
        self.as_slice().to_bytes()
    }
}

impl ToBytes for Vec<u8> {
    fn to_bytes(&self) -> Bytes {
        self.as_slice().to_bytes()
    }
}

impl ToBytes for String {
    fn to_bytes(&self) -> Bytes {
        self.as_bytes().to_bytes()
    }
}

impl<T: ToBytes + ?Sized> ToBytes for &T {
    fn to_bytes(&self) -> Bytes {
        (**self).to_bytes()
    }
}

impl<T: ToBytes + ?Sized> ToBytes for Box<T> {
    fn to_bytes(&self) -> Bytes {
        (**self).to_bytes()
    }
}

impl<T: ToBytes + ?Sized> ToBytes for Arc<T> {
    fn to_bytes(&self) -> Bytes {
        (**self).to_bytes()
    }
}

impl<T: ToBytes + ToOwned + ?Sized> ToBytes for Cow<'_, T> {
    fn to_bytes(&self) -> Bytes {
        (**self).to_bytes()
    }
}
