//! The rules for headers that are set at run time. They are those of declared headers.

use crate::{Prefer, prefer::PREFER, request::check_header_value, transport_headers::TRANSPORT_HEADERS};
use http::{HeaderName, HeaderValue, header};

const CREDENTIALS: [HeaderName; 2] = [header::AUTHORIZATION, header::COOKIE];

/// Checks a header. The error message does not contain the value.
pub(super) fn check_header(
    name: impl TryInto<HeaderName>,
    value: impl TryInto<HeaderValue>,
) -> Result<(HeaderName, HeaderValue), String> {
    check(name.try_into().ok(), value.try_into().ok()).map_err(|message| format!("setting `header`: {message}"))
}

fn check(name: Option<HeaderName>, value: Option<HeaderValue>) -> Result<(HeaderName, HeaderValue), String> {
    let name = name.ok_or("this is not a header name")?;
    if TRANSPORT_HEADERS.contains(&name.as_str()) {
        return Err(format!("`{name}` belongs to the transport"));
    }
    let mut value =
        value.ok_or_else(|| format!("the value of `{name}` contains a character that no header can contain"))?;
    check_header_value(name.as_str(), value.as_bytes()).map_err(|reason| format!("the value of `{name}` {reason}"))?;
    // The value is merged with other preferences, so that a malformed one would be lost.
    if name == PREFER && !value.to_str().is_ok_and(|text| text.parse::<Prefer>().is_ok()) {
        return Err(format!("the value of `{name}` is not a list of preferences (RFC 7240)"));
    }
    if CREDENTIALS.contains(&name) {
        value.set_sensitive(true);
    }
    Ok((name, value))
}
