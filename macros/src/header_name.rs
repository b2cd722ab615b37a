//! Checking the name of a declared header.

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
        Some(reason) => Err(format!("`{lower}` cannot be declared: {reason}; remove the field")),
        None => Ok(()),
    }
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
