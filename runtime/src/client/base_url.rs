//! Where an API lives, and how an operation's relative URI is put under it.

use http::{
    Uri,
    uri::{Authority, PathAndQuery, Scheme},
};
use std::fmt;

/// Scheme, authority, and a path prefix that does not end with a slash.
#[derive(Clone)]
pub(crate) struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    prefix: String,
}

impl BaseUrl {
    /// Parses `http://` or `https://` with a host, an optional port and an optional path.
    pub(crate) fn parse(url: &str) -> Result<Self, &'static str> {
        // `Uri` drops a fragment without a word.
        if url.contains('#') {
            return Err("a base URL has no fragment");
        }
        if url.contains('?') {
            return Err("a base URL has no query");
        }
        let parts = url.parse::<Uri>().map_err(|_| "this is not a URL")?.into_parts();
        let scheme = parts.scheme.ok_or("a base URL begins with https:// or http://")?;
        if scheme != Scheme::HTTPS && scheme != Scheme::HTTP {
            return Err("a base URL begins with https:// or http://");
        }
        let authority = parts.authority.ok_or("a base URL has a host")?;
        if authority.as_str().contains('@') {
            return Err("a base URL has no user name or password; use `api_key`");
        }
        let path = parts.path_and_query.as_ref().map_or("", PathAndQuery::path).trim_end_matches('/');
        if path.split('/').any(|segment| segment == "." || segment == "..") {
            return Err("a base URL has no `.` or `..` segments");
        }
        Ok(Self { scheme, authority, prefix: path.to_owned() })
    }

    #[cfg(feature = "transport")]
    pub(crate) fn is_https(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }

    /// The absolute URI. A relative one whose own authority would take credentials elsewhere is refused.
    pub(crate) fn join(&self, relative: Uri) -> Result<Uri, &'static str> {
        let mut parts = relative.into_parts();
        if parts.scheme.is_some() || parts.authority.is_some() {
            return Err("the operation's URI is not relative");
        }
        let target = parts.path_and_query.take().ok_or("the operation's URI has no path")?;
        if !target.as_str().starts_with('/') {
            return Err("the operation's URI does not begin with a slash");
        }
        parts.path_and_query = Some(if self.prefix.is_empty() {
            target
        } else {
            let joined = [self.prefix.as_str(), target.as_str()].concat();
            joined.try_into().map_err(|_| "the operation's URI is too long")?
        });
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        Uri::from_parts(parts).map_err(|_| "the operation's URI cannot be put under the base URL")
    }
}

/// `StackOne`'s own.
impl Default for BaseUrl {
    fn default() -> Self {
        Self { scheme: Scheme::HTTPS, authority: Authority::from_static("api.stackone.com"), prefix: String::new() }
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(base: &str, relative: &str) -> String {
        BaseUrl::parse(base).unwrap().join(relative.parse().unwrap()).unwrap().to_string()
    }

    #[test]
    fn a_prefix_survives() {
        assert_eq!(join("https://api.stackone.com", "/a/b?c=d"), "https://api.stackone.com/a/b?c=d");
        assert_eq!(join("https://api.stackone.com/", "/a"), "https://api.stackone.com/a");
        assert_eq!(join("http://127.0.0.1:8080/x/y/", "/a%2Fb?c=%3F"), "http://127.0.0.1:8080/x/y/a%2Fb?c=%3F");
        assert_eq!(join("http://[::1]:80", "/"), "http://[::1]:80/");
    }

    #[test]
    fn what_cannot_be_a_base_is_refused() {
        let refused = [
            "",
            "api.stackone.com",
            "/path",
            "ftp://host",
            "https://",
            "https://user:pw@host",
            "https://host/?q",
            "https://host/#f",
            "https://host/a/../b",
            "https://ho st",
        ];
        for url in refused {
            assert!(BaseUrl::parse(url).is_err(), "{url}");
        }
    }

    #[test]
    fn an_absolute_operation_is_refused() {
        let base = BaseUrl::parse("https://host").unwrap();
        for uri in ["https://evil.example/a", "*"] {
            assert!(base.join(uri.parse().unwrap()).is_err(), "{uri}");
        }
    }
}
