//! The items that generated code uses.

mod impl_operation;

pub use crate::{
    __impl_operation as impl_operation,
    builder_state::{IsSet, Unset},
    format::{DocumentReader, check_header_names, check_statuses, optional_response_header},
    operation::{Metadata, Parameters, distinct},
    page::{Cursor, Position, count},
    request::{JsonBody, ParameterValue, PartBytes, PartValue, RequestBody, RequestPart, ToBytes, build},
};

pub use serde;
pub use stackone_macros::{Operation, Parameters, stackone_api_operation};
pub use std::{
    self as core,
    fmt::{self, Debug, Formatter},
    marker::PhantomData,
    option::Option::{self, None, Some},
    primitive::str,
    result::Result,
    string::String,
};

use crate::{format::Format, page::PositionError};
use std::sync::Arc;

/// `Into` of the standard library, with a message for a value that does not fit.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value for a field of the type `{T}`",
    label = "`{T}` does not implement `From<{Self}>`",
    note = "an optional field has a second setter for an `Option`: its name starts with `maybe_`"
)]
pub trait Into<T> {
    /// The value of the field.
    fn into(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T, U: std::convert::Into<T>> Into<T> for U {
    fn into(self) -> T {
        std::convert::Into::into(self)
    }
}

/// A number or a `bool` of the type `T` itself, for the setter of an optional one.
///
/// `Into` would leave the type of the literal in `.page(1)` open. `T` as the parameter would report `.page(None)` without a word
/// about `maybe_page`. The cost: `text.parse()?` has to name its type, without which the compiler takes `!`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value for a field of the type `{T}`",
    label = "expected `{T}`",
    note = "an optional field has a second setter for an `Option`: its name starts with `maybe_`",
    note = "a conversion names its type: `text.parse::<{T}>()?`, `{T}::try_from(number)?`"
)]
pub trait Is<T>: Into<T> {}

#[diagnostic::do_not_recommend]
impl<T> Is<T> for T {}

/// The result of building a request.
pub type BuildResult = Result<http::Request<bytes::Bytes>, crate::Error>;

/// The value at an index.
#[must_use]
pub fn nth<'a>(values: &[&'a dyn ParameterValue], index: usize) -> Option<&'a dyn ParameterValue> {
    values.get(index).copied()
}

/// The result of setting the position of a page.
pub type Sought = Result<(), PositionError>;

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

    /// The descriptors of the shared parameters that the operation includes.
    const SHARED: &'static [&'static str] = &[];

    /// Builds the request.
    ///
    /// # Errors
    ///
    /// A value that cannot be sent.
    fn build_request(&self, metadata: &'static Metadata) -> BuildResult;
}

macro_rules! pointers {
    ($($pointer:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<D: Declaration + ?Sized> Declaration for $pointer {
            type Response = D::Response;

            const DESCRIPTOR: &'static str = D::DESCRIPTOR;
            const SHARED: &'static [&'static str] = D::SHARED;

            fn build_request(&self, metadata: &'static Metadata) -> BuildResult {
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

/// Sets the field of the cursor.
///
/// # Errors
///
/// The position has no cursor.
pub fn seek_cursor<T: Cursor>(field: &mut Option<T>, position: &Position) -> Sought {
    *field = Some(T::from_cursor(position.to_cursor()?.to_owned()));
    Ok(())
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

/// A required part: text, JSON, or a [`Part`](crate::Part).
pub fn part<T: PartValue>(value: &T) -> RequestPart<'_> {
    RequestPart::Value(value)
}

/// An optional part: text, JSON, or a [`Part`](crate::Part).
pub fn optional_part<T: PartValue>(value: &Option<T>) -> RequestPart<'_> {
    value.as_ref().map_or(RequestPart::None, part)
}

/// A required part that is a JSON document.
pub fn json_part<T: JsonBody>(value: &T) -> RequestPart<'_> {
    RequestPart::Json(value)
}

/// An optional part that is a JSON document.
pub fn optional_json_part<T: JsonBody>(value: &Option<T>) -> RequestPart<'_> {
    value.as_ref().map_or(RequestPart::None, json_part)
}

/// A required part that is sent unchanged.
pub fn bytes_part<T: PartBytes>(value: &T) -> RequestPart<'_> {
    RequestPart::Bytes(value)
}

/// An optional part that is sent unchanged.
pub fn optional_bytes_part<T: PartBytes>(value: &Option<T>) -> RequestPart<'_> {
    value.as_ref().map_or(RequestPart::None, bytes_part)
}

/// The `Debug` of a builder. It shows no values.
///
/// # Errors
///
/// The errors of the formatter.
pub fn debug(name: &str, f: &mut Formatter<'_>) -> fmt::Result {
    f.debug_struct(name).finish_non_exhaustive()
}
