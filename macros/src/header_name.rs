//! Header names that can be declared.

/// What is wrong with the name of a header, if anything is.
pub(crate) fn problem(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("the header name is empty".to_owned());
    }
    // The most that the `http` crate takes.
    if name.len() > 65_535 {
        return Some("the header name is longer than 65,535 characters".to_owned());
    }
    if let Some(c) = name.chars().find(|c| !is_tchar(*c)) {
        return Some(format!(
            "`{name}` is no header name: it has {c:?}, and RFC 9110 allows letters, digits and !#$%&'*+-.^_`|~"
        ));
    }
    let lower = name.to_ascii_lowercase();
    transport(&lower).map(|owner| format!("`{lower}` is not yours to set: {owner}; remove the field"))
}

/// Whether the word is a `token`, as header names and the parts of a media type are.
pub(crate) fn is_token(word: &str) -> bool {
    !word.is_empty() && word.chars().all(is_tchar)
}

/// `token` of RFC 9110, section 5.6.2.
fn is_tchar(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

/// Who writes the headers that a declaration must not. The client refuses the same names when they are set at run time.
fn transport(name: &str) -> Option<&'static str> {
    Some(match name {
        "host" => "it follows from the client's base URL",
        "content-length" => "it follows from the body",
        "connection" | "keep-alive" | "proxy-connection" | "te" | "trailer" | "transfer-encoding" | "upgrade"
        | "http2-settings" => "it belongs to the connection (RFC 9110, section 7.6.1), which the transport keeps",
        "expect" => "the transport does not wait for `100 Continue`",
        "proxy-authorization" => "it belongs to the proxy, which the transport is told of",
        _ => return None,
    })
}
