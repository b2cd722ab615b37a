//! From the values of an operation to its request: `values -> target, headers, body -> http::Request`.
//!
//! Generated code calls [`build`]. It is compiled once, whatever the number of operations.

mod body;
mod encode_error;
mod headers;
mod json;
mod map_key;
mod multipart;
mod number;
mod parameter;
mod parameters;
mod part_bytes;
mod percent;
mod target;
mod to_bytes;

pub use body::RequestBody;
use encode_error::EncodeError;
#[cfg(feature = "client")]
pub(crate) use headers::check_header_value;
pub use json::JsonBody;
pub use multipart::{PartValue, RequestPart};
pub use parameter::ParameterValue;
#[cfg(feature = "client")]
pub(crate) use parameter::is_cookie_octet;
pub use part_bytes::PartBytes;
#[cfg(feature = "client")]
pub(crate) use percent::encode as percent_encode;
pub(crate) use target::dot_segment;
pub use to_bytes::ToBytes;

use crate::{Error, operation::Metadata};
use bytes::Bytes;
use http::Request;
use parameter::ParameterWriter;
use parameters::Values;

/// Builds the request of an operation. `values` has the values of its parameters, in the order of the metadata.
///
/// # Errors
///
/// A value that cannot be sent. The error names its field.
pub fn build(
    metadata: &'static Metadata,
    values: &[&dyn ParameterValue],
    body: RequestBody<'_>,
) -> Result<Request<Bytes>, Error> {
    let with_shared: Vec<&dyn ParameterValue>;
    let values = if metadata.has_shared() {
        with_shared = expand_shared(values);
        &with_shared
    } else {
        values
    };
    let values = Values::new(metadata, values);
    let mut writer = ParameterWriter::new();
    let uri = target::write(&mut writer, &values)?;
    // The media type of a body with parts is known once the body is written.
    let has_media_type = !matches!(body, RequestBody::None | RequestBody::Multipart(_));
    let body_metadata = metadata.body().filter(|_| has_media_type);
    let mut request = Request::new(Bytes::new());
    *request.method_mut() = metadata.method().clone();
    *request.uri_mut() = uri;
    headers::write(request.headers_mut(), &mut writer, &values, body_metadata)?;
    *request.body_mut() = body::write(request.headers_mut(), metadata, body)?;
    Ok(request)
}

/// The values, with those of shared parameters in the place of their field.
fn expand_shared<'a>(values: &[&'a dyn ParameterValue]) -> Vec<&'a dyn ParameterValue> {
    let mut expanded = Vec::with_capacity(values.len() + 8);
    for value in values {
        match value.shared() {
            Some(shared) => expanded.extend(shared.iter()),
            None => expanded.push(*value),
        }
    }
    expanded
}
