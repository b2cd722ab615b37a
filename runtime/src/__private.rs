//! What generated code names.

use crate::operation::{Parameter, Place, Style};
pub use crate::{
    builder::IsSet,
    operation::Metadata,
    page::Cursor,
    request::{Body, Param, Payload, ToBody, Value, build},
};

pub use http::Method;
pub use serde;
pub use stackone_macros::Operation;
pub use std::{
    self as core,
    convert::Into,
    fmt::{self, Debug, Formatter},
    marker::PhantomData,
    option::Option::{None, Some},
    primitive::str,
    string::String,
};

/// What building a request gives.
pub type Result = std::result::Result<http::Request<bytes::Bytes>, crate::Error>;

/// A path parameter, which is always there.
#[must_use]
pub const fn path(field: &'static str, name: &'static str) -> Parameter {
    Parameter::new(field, name, Place::Path, Style::Simple).required()
}

/// A header parameter.
#[must_use]
pub const fn header(field: &'static str, name: &'static str) -> Parameter {
    Parameter::new(field, name, Place::Header, Style::Simple)
}

/// A query parameter, exploded in form style. `key` is what its pairs begin with, `&page_size=`, and the name as
/// it is if that is another.
#[must_use]
pub const fn query(field: &'static str, key: &'static str) -> Parameter {
    Parameter::new(field, key, Place::Query, Style::Form)
}

/// A query parameter of style `deepObject`.
#[must_use]
pub const fn deep_object(field: &'static str, key: &'static str) -> Parameter {
    query(field, key).with_style(Style::DeepObject, true)
}

/// A query parameter for each key of the value.
#[must_use]
pub const fn flatten(field: &'static str, key: &'static str) -> Parameter {
    query(field, key).with_style(Style::Flatten, true)
}

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
pub fn debug(name: &str, f: &mut Formatter<'_>) -> fmt::Result {
    f.debug_struct(name).finish_non_exhaustive()
}
