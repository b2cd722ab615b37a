//! The rules for headers that are set at run time. They are those of declared headers.

use crate::{Prefer, exchange::PREFER, request::check_header_value};
use http::{HeaderName, HeaderValue, header};

/// The headers that the transport writes. The attribute refuses the same names.
const TRANSPORT_HEADERS: [&str; 12] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

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

#[cfg(test)]
mod tests {
    use super::*;

    /// `macros/src/header_name.rs` has the same test.
    #[test]
    fn the_headers_of_the_transport_are_those_of_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/wire/transport_headers.txt");
        let table = std::fs::read_to_string(path).unwrap();
        assert_eq!(TRANSPORT_HEADERS.to_vec(), table.lines().collect::<Vec<_>>());
    }
}
