//! What generated code names.

pub use crate::{
    builder::{IsSet, Set, Unset},
    operation::{Metadata, Parameter, Style},
    request::{Body, Param, Payload, ToBody, Value, build},
};
use std::fmt;

pub use http::Method;
pub use serde;
pub use stackone_macros::Operation;
pub use std::{self as core, primitive::str, string::String};

/// What building a request gives.
pub type Result = std::result::Result<http::Request<bytes::Bytes>, crate::Error>;

/// A parameter's value. The type is given, so that the compiler underlines it if it cannot be one.
pub fn value<T: Param>(value: &T) -> &dyn Value {
    value
}

/// A JSON body.
pub fn json<T: Body>(value: &T) -> Payload<'_> {
    Payload::Json(value)
}

/// A JSON body that need not be there.
pub fn optional_json<T: Body>(value: &Option<T>) -> Payload<'_> {
    value.as_ref().map_or(Payload::None, json)
}

/// A form.
pub fn form<T: Param>(value: &T) -> Payload<'_> {
    Payload::Form(value)
}

/// A form that need not be there.
pub fn optional_form<T: Param>(value: &Option<T>) -> Payload<'_> {
    value.as_ref().map_or(Payload::None, form)
}

/// A body that is sent as it is.
pub fn bytes<T: ToBody>(value: &T) -> Payload<'_> {
    Payload::Bytes(value.to_body())
}

/// A body that is sent as it is and need not be there.
pub fn optional_bytes<T: ToBody>(value: &Option<T>) -> Payload<'_> {
    value.as_ref().map_or(Payload::None, bytes)
}

/// A builder's `Debug`, which shows no values.
///
/// # Errors
///
/// Those of the formatter.
pub fn debug(name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_struct(name).finish_non_exhaustive()
}
