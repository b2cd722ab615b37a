//! References to URIs, resolved against the URI of the request (RFC 3986, section 5).

use http::Uri;
use std::fmt::Write as _;

/// Why a reference cannot be followed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unresolved {
    /// It leads to this other origin.
    OtherOrigin(String),
    /// It is not a URL.
    Invalid,
}

/// The path and the query of a reference, resolved against an absolute URI. The reference must stay at its origin.
pub(super) fn resolve(base: &Uri, reference: &[u8]) -> Result<String, Unresolved> {
    let reference = encoded(reference);
    let reference = reference.split('#').next().unwrap_or_default();
    let (hierarchy, query) = match reference.split_once('?') {
        Some((hierarchy, query)) => (hierarchy, Some(query)),
        None => (reference, None),
    };
    let (scheme, hierarchy) = match scheme(hierarchy) {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, hierarchy),
    };
    let (authority, path) = match hierarchy.strip_prefix("//") {
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            (Some(authority), path)
        }
        None => (None, hierarchy),
    };
    check_origin(base, scheme, authority)?;
    // Of another scheme, or of the same: a reference with a scheme is not relative, and a URL has an authority.
    if scheme.is_some() && authority.is_none() {
        return Err(Unresolved::Invalid);
    }
    let (path, query) = match (authority, path) {
        (Some(_), "") => ("/".to_owned(), query),
        (Some(_), path) => (without_dot_segments(path), query),
        (None, "") => (base.path().to_owned(), query.or(base.query())),
        (None, path) if path.starts_with('/') => (without_dot_segments(path), query),
        (None, path) => {
            let folder = base.path().rfind('/').map_or("/", |slash| &base.path()[..=slash]);
            (without_dot_segments(&[folder, path].concat()), query)
        }
    };
    let target = query.map_or(path.clone(), |query| [&path, "?", query].concat());
    match target.parse::<http::uri::PathAndQuery>() {
        Ok(target) => Ok(target.as_str().to_owned()),
        Err(_) => Err(Unresolved::Invalid),
    }
}

/// Refuses another scheme, host or port (RFC 6454, section 4).
fn check_origin(base: &Uri, scheme: Option<&str>, authority: Option<&str>) -> Result<(), Unresolved> {
    let own = base.scheme_str().unwrap_or_default();
    let scheme = scheme.unwrap_or(own);
    let default_port = |scheme: &str| if scheme.eq_ignore_ascii_case("https") { 443 } else { 80 };
    let Some(authority) = authority else {
        return if scheme.eq_ignore_ascii_case(own) { Ok(()) } else { Err(Unresolved::Invalid) };
    };
    let Ok(parsed) = authority.parse::<http::uri::Authority>() else { return Err(Unresolved::Invalid) };
    let is_same = scheme.eq_ignore_ascii_case(own)
        && base.host().is_some_and(|host| host.eq_ignore_ascii_case(parsed.host()))
        && base.port_u16().unwrap_or(default_port(own)) == parsed.port_u16().unwrap_or(default_port(scheme))
        && !authority.contains('@');
    if is_same {
        return Ok(());
    }
    // Without user name and password.
    let host = authority.rsplit('@').next().unwrap_or_default();
    Err(Unresolved::OtherOrigin(format!("{scheme}://{host}")))
}

/// The scheme before the first colon, and the rest.
fn scheme(reference: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = reference.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some((scheme, rest))
}

/// RFC 3986, section 5.2.4, for a path that starts with a slash.
fn without_dot_segments(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." | ".." => {
                if segment == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    ["/", &kept.join("/")].concat()
}

/// Percent-encodes the bytes that a URI cannot contain. Some servers send them unencoded.
fn encoded(reference: &[u8]) -> String {
    let mut text = String::with_capacity(reference.len());
    for byte in reference.trim_ascii() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(byte) {
            text.push(char::from(*byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(base: &str, reference: &str) -> Result<String, Unresolved> {
        resolve(&base.parse().unwrap(), reference.as_bytes())
    }

    /// The examples of RFC 3986, sections 5.4.1 and 5.4.2, that stay at their origin, without fragments.
    #[test]
    fn the_examples_of_the_rfc() {
        for (reference, target) in [
            ("g", "/b/c/g"),
            ("./g", "/b/c/g"),
            ("g/", "/b/c/g/"),
            ("/g", "/g"),
            ("?y", "/b/c/d;p?y"),
            ("g?y", "/b/c/g?y"),
            ("#s", "/b/c/d;p?q"),
            ("g#s", "/b/c/g"),
            ("g?y#s", "/b/c/g?y"),
            (";x", "/b/c/;x"),
            ("g;x", "/b/c/g;x"),
            ("g;x?y#s", "/b/c/g;x?y"),
            ("", "/b/c/d;p?q"),
            (".", "/b/c/"),
            ("./", "/b/c/"),
            ("..", "/b/"),
            ("../", "/b/"),
            ("../g", "/b/g"),
            ("../..", "/"),
            ("../../", "/"),
            ("../../g", "/g"),
            ("../../../g", "/g"),
            ("../../../../g", "/g"),
            ("/./g", "/g"),
            ("/../g", "/g"),
            ("g.", "/b/c/g."),
            (".g", "/b/c/.g"),
            ("g..", "/b/c/g.."),
            ("..g", "/b/c/..g"),
            ("./../g", "/b/g"),
            ("./g/.", "/b/c/g/"),
            ("g/./h", "/b/c/g/h"),
            ("g/../h", "/b/c/h"),
            ("g;x=1/./y", "/b/c/g;x=1/y"),
            ("g;x=1/../y", "/b/c/y"),
            ("g?y/./x", "/b/c/g?y/./x"),
            ("g?y/../x", "/b/c/g?y/../x"),
            ("g#s/../x", "/b/c/g"),
        ] {
            assert_eq!(resolved("http://a/b/c/d;p?q", reference).as_deref(), Ok(target), "{reference}");
        }
    }

    #[test]
    fn a_reference_stays_at_its_origin() {
        for reference in [
            "https://api.test/x?page=2",
            "HTTPS://API.test:443/x?page=2",
            "//api.test/x?page=2",
            "/x?page=2",
            " x?page=2#part",
        ] {
            assert_eq!(resolved("https://api.test/y?page=1", reference).as_deref(), Ok("/x?page=2"), "{reference}");
        }
        for (reference, origin) in [
            ("https://evil.test/x", "https://evil.test"),
            ("http://api.test/x", "http://api.test"),
            ("https://api.test:8443/x", "https://api.test:8443"),
            ("//evil.test", "https://evil.test"),
            ("https://user:secret@api.test/x", "https://api.test"),
            ("https://api.test@evil.test/x", "https://evil.test"),
            ("ftp://api.test/x", "ftp://api.test"),
            ("https://api.test.evil.test/", "https://api.test.evil.test"),
        ] {
            let other = Unresolved::OtherOrigin(origin.to_owned());
            assert_eq!(resolved("https://api.test/y", reference), Err(other), "{reference}");
        }
        for reference in ["mailto:ada@api.test", "https:/x", "javascript:alert(1)", "https://[::1/x", "https://"] {
            assert_eq!(resolved("https://api.test/y", reference), Err(Unresolved::Invalid), "{reference}");
        }
        assert_eq!(resolved("http://api.test/y", "http://api.test:80").as_deref(), Ok("/"));
        assert_eq!(resolved("http://api.test:81/y", "//api.test:81?a").as_deref(), Ok("/?a"));
    }

    #[test]
    fn what_a_uri_cannot_contain_is_encoded() {
        assert_eq!(resolved("https://a/", "/é b?<\n>&%41").as_deref(), Ok("/%C3%A9%20b?%3C%0A%3E&%41"));
    }
}
