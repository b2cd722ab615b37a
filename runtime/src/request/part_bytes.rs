//! Parts that are sent unchanged.

use bytes::Bytes;
use std::{borrow::Cow, sync::Arc};

/// A part that is sent unchanged, with the media type of the attribute; or a list of such parts.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a part of this `content_type`",
    label = "neither text nor bytes",
    note = "a part that is not JSON is `bytes::Bytes`, `Vec<u8>`, `String`, `&[u8]`, `&str`, a `Cow`, `Box` or `Arc` of these, or a `Vec` of them",
    note = "a `stackone::Part` has its own media type and file name: write `#[part]` without options"
)]
pub trait PartBytes {
    /// Passes the content of each part to the function.
    fn visit<'a>(&'a self, part: &mut dyn FnMut(&'a [u8]));
}

impl PartBytes for [u8] {
    fn visit<'a>(&'a self, part: &mut dyn FnMut(&'a [u8])) {
        part(self);
    }
}

impl PartBytes for str {
    fn visit<'a>(&'a self, part: &mut dyn FnMut(&'a [u8])) {
        part(self.as_bytes());
    }
}

impl<const N: usize> PartBytes for [u8; N] {
    fn visit<'a>(&'a self, part: &mut dyn FnMut(&'a [u8])) {
        part(self);
    }
}

impl PartBytes for Bytes {
    fn visit<'a>(&'a self, part: &mut dyn FnMut(&'a [u8])) {
        part(self);
    }
}

impl PartBytes for Vec<u8> {
    fn visit<'a>(&'a self, part: &mut dyn FnMut(&'a [u8])) {
        part(self);
    }
}

impl PartBytes for String {
    fn visit<'a>(&'a self, part: &mut dyn FnMut(&'a [u8])) {
        part(self.as_bytes());
    }
}

impl<T: PartBytes> PartBytes for Vec<T> {
    fn visit<'a>(&'a self, part: &mut dyn FnMut(&'a [u8])) {
        for item in self {
            item.visit(part);
        }
    }
}

impl<T: PartBytes + ?Sized> PartBytes for &T {
    fn visit<'a>(&'a self, part: &mut dyn FnMut(&'a [u8])) {
        (**self).visit(part);
    }
}

impl<T: PartBytes + ?Sized> PartBytes for Box<T> {
    fn visit<'a>(&'a self, part: &mut dyn FnMut(&'a [u8])) {
        (**self).visit(part);
    }
}

impl<T: PartBytes + ?Sized> PartBytes for Arc<T> {
    fn visit<'a>(&'a self, part: &mut dyn FnMut(&'a [u8])) {
        (**self).visit(part);
    }
}

impl<T: PartBytes + ToOwned + ?Sized> PartBytes for Cow<'_, T> {
    fn visit<'a>(&'a self, part: &mut dyn FnMut(&'a [u8])) {
        (**self).visit(part);
    }
}
