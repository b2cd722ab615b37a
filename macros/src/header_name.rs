//! Checking the names and the constant values of declared headers.

/// Checks the name of a header.
///
/// # Errors
///
/// A message that says what is wrong and how to fix it.
pub(crate) fn check(name: &str) -> Result<(), String> {
    if name.is_empty() {
        return Err("the header name is empty".to_owned());
    }
    // The `http` crate accepts no longer name.
    if name.len() > 65_535 {
        return Err("the header name is longer than 65,535 characters".to_owned());
    }
    if let Some(c) = name.chars().find(|c| !is_tchar(*c)) {
        return Err(format!(
            "`{name}` is not a header name: it contains {c:?}, and RFC 9110 allows letters, digits and !#$%&'*+-.^_`|~"
        ));
    }
    let lower = name.to_ascii_lowercase();
    match transport_header(&lower) {
        Some(reason) => Err(format!("`{lower}` cannot be declared: {reason}; remove it")),
        None => Ok(()),
    }
}

/// Checks the value of a constant header. `name` is lower case. The runtime has the same rules for values (RFC 9110, section 5.5).
///
/// # Errors
///
/// A message that says what is wrong and how to fix it.
pub(crate) fn check_value(name: &str, value: &str) -> Result<(), String> {
    if let Some(c) = value.chars().find(|c| !matches!(c, '\t' | ' '..='~' | '\u{A0}'..='\u{FF}')) {
        return Err(format!(
            "the value of `{name}` contains {c:?}, and a header allows tabs, spaces and visible characters up to U+00FF"
        ));
    }
    if value.trim_matches([' ', '\t']) != value {
        return Err(format!(
            "the value of `{name}` starts or ends with white space, which recipients remove: trim the value"
        ));
    }
    if value.is_empty() && name == "x-account-id" {
        return Err("`x-account-id` is empty: write the id of the linked account".to_owned());
    }
    Ok(())
}

/// Whether the word is a token, as header names and the parts of a media type are.
pub(crate) fn is_token(word: &str) -> bool {
    !word.is_empty() && word.chars().all(is_tchar)
}

/// A character of a token (RFC 9110, section 5.6.2).
fn is_tchar(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

/// Why a declaration cannot have the header. The client refuses the same headers at run time. Both are tested against
/// `tests/wire/transport_headers.txt`.
fn transport_header(name: &str) -> Option<&'static str> {
    Some(match name {
        "host" => "it follows from the client's base URL",
        "content-length" => "it follows from the body",
        "connection" | "keep-alive" | "proxy-connection" | "te" | "trailer" | "transfer-encoding" | "upgrade"
        | "http2-settings" => "it belongs to the connection (RFC 9110, section 7.6.1), which the transport manages",
        "expect" => "the transport does not wait for `100 Continue`",
        "proxy-authorization" => "it belongs to the proxy, whose credentials the transport has",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `runtime/src/client/header_rules.rs` has the same test.
    #[test]
    fn the_headers_of_the_transport_are_refused() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/wire/transport_headers.txt");
        let table = std::fs::read_to_string(path).unwrap();
        assert_eq!(table.lines().count(), 12);
        for name in table.lines() {
            assert!(check(name).unwrap_err().contains("cannot be declared"), "{name}");
        }
        assert_eq!(check("x-account-id"), Ok(()));
    }
}
