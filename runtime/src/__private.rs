//! The items that generated code uses.

mod impl_operation;

pub use crate::{
    __impl_operation as impl_operation,
    builder_state::{IsSet, Unset},
    format::check_header_names,
    operation::Metadata,
    page::Cursor,
    request::{JsonBody, ParameterValue, RequestBody, ToBytes, build},
};

pub use serde;
pub use stackone_macros::{Operation, stackone_api_operation};
pub use std::{
    self as core,
    convert::Into,
    fmt::{self, Debug, Formatter},
    marker::PhantomData,
    option::Option::{self, None, Some},
    primitive::str,
    string::String,
};

use crate::format::Format;
use std::sync::Arc;

/// The result of building a request.
pub type Result = std::result::Result<http::Request<bytes::Bytes>, crate::Error>;

/// What the attribute implements for a request struct. [`Operation`](crate::Operation) follows from it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an operation",
    label = "not an operation",
    note = "for a request struct, add `#[stackone_operation(method = \"...\", path = \"...\")]` to it; for a builder, call `build()`"
)]
pub trait Declaration {
    /// The format of a successful response.
    type Response: Format;

    /// The description of the operation, which `operation/descriptor.rs` parses.
    const DESCRIPTOR: &'static str;

    /// Builds the request.
    ///
    /// # Errors
    ///
    /// A value that cannot be sent.
    fn build_request(&self, metadata: &'static Metadata) -> Result;
}

macro_rules! pointers {
    ($($pointer:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<D: Declaration + ?Sized> Declaration for $pointer {
            type Response = D::Response;

            const DESCRIPTOR: &'static str = D::DESCRIPTOR;

            fn build_request(&self, metadata: &'static Metadata) -> Result {
                D::build_request(self, metadata)
            }
        }
    )*};
}

pointers! { &D Box<D> Arc<D> }

/// The value of a required parameter. The caller names the type, so that the compiler underlines it in errors.
pub fn value<T: ParameterValue>(value: &T) -> &dyn ParameterValue {
    value
}

/// The value of an optional parameter.
pub fn optional_value<T: ParameterValue>(value: &Option<T>) -> &dyn ParameterValue {
    match value {
        Some(value) => value,
        None => &None::<()>,
    }
}

/// The value of the field that pagination sets.
#[must_use]
pub fn cursor<T: Cursor>(cursor: String) -> T {
    T::from_cursor(cursor)
}

/// A required JSON body.
pub fn json<T: JsonBody>(value: &T) -> RequestBody<'_> {
    RequestBody::Json(value)
}

/// An optional JSON body.
pub fn optional_json<T: JsonBody>(value: &Option<T>) -> RequestBody<'_> {
    value.as_ref().map_or(RequestBody::None, json)
}

/// A required form.
pub fn form<T: ParameterValue>(value: &T) -> RequestBody<'_> {
    RequestBody::Form(value)
}

/// An optional form.
pub fn optional_form<T: ParameterValue>(value: &Option<T>) -> RequestBody<'_> {
    value.as_ref().map_or(RequestBody::None, form)
}

/// A required body that is sent unchanged.
pub fn bytes<T: ToBytes>(value: &T) -> RequestBody<'_> {
    RequestBody::Bytes(value.to_bytes())
}

/// An optional body that is sent unchanged.
pub fn optional_bytes<T: ToBytes>(value: &Option<T>) -> RequestBody<'_> {
    value.as_ref().map_or(RequestBody::None, bytes)
}

/// The `Debug` of a builder. It shows no values.
///
/// # Errors
///
/// The errors of the formatter.
pub fn debug(name: &str, f: &mut Formatter<'_>) -> fmt::Result {
    f.debug_struct(name).finish_non_exhaustive()
}
