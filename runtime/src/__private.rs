//! What generated code names.

mod declare;

pub use crate::{
    __declare as declare,
    builder::IsSet,
    page::Cursor,
    request::{JsonBody, Param, RequestBody, ToBytes, Value, build},
};

pub use serde;
pub use stackone_macros::Operation;
pub use std::{
    self as core,
    convert::Into,
    fmt::{self, Debug, Formatter},
    marker::PhantomData,
    option::Option::{self, None, Some},
    primitive::str,
    string::String,
};

/// What building a request gives.
pub type Result = std::result::Result<http::Request<bytes::Bytes>, crate::Error>;

/// A parameter's value. The type is given, so that the compiler underlines it if it cannot be one.
pub fn value<T: Param>(value: &T) -> &dyn Value {
    value
}

/// The value of a parameter that need not be there.
pub fn optional_value<T: Param>(value: &Option<T>) -> &dyn Value {
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

/// A JSON body.
pub fn json<T: JsonBody>(value: &T) -> RequestBody<'_> {
    RequestBody::Json(value)
}

/// A JSON body that need not be there.
pub fn optional_json<T: JsonBody>(value: &Option<T>) -> RequestBody<'_> {
    value.as_ref().map_or(RequestBody::None, json)
}

/// A form.
pub fn form<T: Param>(value: &T) -> RequestBody<'_> {
    RequestBody::Form(value)
}

/// A form that need not be there.
pub fn optional_form<T: Param>(value: &Option<T>) -> RequestBody<'_> {
    value.as_ref().map_or(RequestBody::None, form)
}

/// A body that is sent as it is.
pub fn bytes<T: ToBytes>(value: &T) -> RequestBody<'_> {
    RequestBody::Bytes(value.to_bytes())
}

/// A body that is sent as it is and need not be there.
pub fn optional_bytes<T: ToBytes>(value: &Option<T>) -> RequestBody<'_> {
    value.as_ref().map_or(RequestBody::None, bytes)
}

/// A builder's `Debug`, which shows no values.
///
/// # Errors
///
/// Those of the formatter.
pub fn debug(name: &str, f: &mut Formatter<'_>) -> fmt::Result {
    f.debug_struct(name).finish_non_exhaustive()
}
