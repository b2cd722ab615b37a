//! The base URL of an API, and the absolute URI of an operation under it.

use crate::{Error, request::dot_segment};
use http::{
    Request, Uri,
    uri::{Authority, PathAndQuery, Scheme},
};
use std::{fmt, mem, net::Ipv6Addr, str::FromStr};

/// The base URL of an API: scheme, host and port, and a path prefix. Default: `https://api.stackone.com`.
///
/// The request of an operation has a relative URI. [`join`](Self::join) puts it under the base URL, for another HTTP library:
///
/// ```
/// use stackone::{BaseUrl, Operation, stackone_operation};
///
/// #[stackone_operation(method = "GET", path = "/users/{id}")]
/// struct GetUserRequest {
///     #[path] id: String,
/// }
///
/// let base_url: BaseUrl = "https://example.com/api/v2".parse()?;
/// let request = base_url.join(GetUserRequest::builder().id("usr_1").build().to_http_request()?)?;
/// assert_eq!(request.uri(), "https://example.com/api/v2/users/usr_1");
/// # Ok::<(), stackone::Error>(())
/// ```
///
/// It is parsed from `http://` or `https://` with a host, an optional port and an optional path. A URL with a query, a fragment
/// or a user name is an error of the kind [`Config`](crate::ErrorKind::Config).
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    /// Does not end with a slash.
    prefix: String,
}

impl BaseUrl {
    /// Puts the request of an operation under the base URL, whose path becomes a prefix. The rest of the request is not changed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) if the URI of the request has another origin, or is too long.
    pub fn join<B>(&self, mut request: Request<B>) -> Result<Request<B>, Error> {
        let relative = mem::take(request.uri_mut());
        *request.uri_mut() = self.join_uri(relative).map_err(Error::config)?;
        Ok(request)
    }

    /// Parses `http://` or `https://` with a host, an optional port and an optional path.
    pub(crate) fn parse(url: &str) -> Result<Self, &'static str> {
        // `Uri` drops a fragment without an error.
        if url.contains('#') {
            return Err("a base URL must not have a fragment; remove `#` and the text after it");
        }
        if url.contains('?') {
            return Err("a base URL must not have a query; remove `?` and the text after it");
        }
        let parts = url
            .parse::<Uri>()
            .map_err(|_| "this is not a URL; write, for example, `https://api.stackone.com`")?
            .into_parts();
        let scheme = parts.scheme.ok_or("a base URL starts with https:// or http://")?;
        if scheme != Scheme::HTTPS && scheme != Scheme::HTTP {
            return Err("a base URL starts with https:// or http://");
        }
        let authority = parts.authority.ok_or("a base URL needs a host")?;
        if authority.as_str().contains('@') {
            return Err("a base URL must not have a user name or password; use `api_key` or `basic_auth`");
        }
        check_authority(&authority)?;
        let path = parts.path_and_query.as_ref().map_or("", PathAndQuery::path).trim_end_matches('/');
        check_prefix(path)?;
        Ok(Self { scheme, authority, prefix: path.to_owned() })
    }

    /// The absolute URI of an operation. A URI with another origin is refused, because the credentials would go there. One with
    /// this origin is complete: it is a link of a response.
    pub(crate) fn join_uri(&self, relative: Uri) -> Result<Uri, &'static str> {
        if relative.scheme() == Some(&self.scheme) && relative.authority() == Some(&self.authority) {
            return Ok(relative);
        }
        let mut parts = relative.into_parts();
        if parts.scheme.is_some() || parts.authority.is_some() {
            return Err("the operation's URI is not relative");
        }
        let target = parts.path_and_query.take().ok_or("the operation's URI has no path")?;
        if !target.as_str().starts_with('/') {
            return Err("the operation's URI does not start with a slash");
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

#[cfg(feature = "client")]
impl BaseUrl {
    /// The host, without the brackets of an IPv6 address.
    pub(crate) fn host(&self) -> &str {
        self.authority.host().trim_start_matches('[').trim_end_matches(']')
    }

    pub(crate) fn port(&self) -> u16 {
        self.authority.port_u16().unwrap_or(if self.is_https() { 443 } else { 80 })
    }

    /// The absolute URI of a target, without the path prefix.
    pub(crate) fn at_origin(&self, target: &str) -> Option<Uri> {
        Uri::builder().scheme(self.scheme.clone()).authority(self.authority.clone()).path_and_query(target).build().ok()
    }

    pub(crate) fn is_https(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }
}

/// Refuses hosts and ports that [`Authority`] accepts. With an invalid port, the credentials would go to the default port.
fn check_authority(authority: &Authority) -> Result<(), &'static str> {
    let host = authority.host();
    let named = match host.strip_prefix('[') {
        Some(address) => address.strip_suffix(']').is_some_and(|address| address.parse::<Ipv6Addr>().is_ok()),
        // A full name may end with a dot.
        None => !host.strip_suffix('.').unwrap_or(host).split('.').any(str::is_empty),
    };
    if !named {
        return Err("a base URL needs a host: a name, an IPv4 address, or an IPv6 address in brackets");
    }
    let after = authority.as_str().strip_prefix(host).unwrap_or_default();
    let numbered = match after.strip_prefix(':') {
        Some(port) => port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok(),
        None => after.is_empty(),
    };
    if !numbered {
        return Err("the port of a base URL must be a number up to 65535; without a port, remove the colon too");
    }
    Ok(())
}

/// Refuses a prefix that servers and proxies read as another path.
fn check_prefix(path: &str) -> Result<(), &'static str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%".contains(&byte);
    if !path.bytes().all(is_plain) {
        return Err("the path of a base URL contains a character that a URL cannot contain; percent-encode it");
    }
    let is_escape = |after: &str| after.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    if !path.split('%').skip(1).all(is_escape) {
        return Err("the path of a base URL contains a `%` without two hexadecimal digits; write `%25` for a `%`");
    }
    match path.split('/').skip(1).find_map(|segment| dot_segment(segment.as_bytes())) {
        None => Ok(()),
        Some(0) => Err("a base URL must not have empty segments; write one slash between two segments"),
        Some(_) => Err("a base URL must not have `.` or `..` segments, encoded or not; write the resolved path"),
    }
}

/// StackOne's URL.
impl Default for BaseUrl {
    fn default() -> Self {
        Self { scheme: Scheme::HTTPS, authority: Authority::from_static("api.stackone.com"), prefix: String::new() }
    }
}

impl FromStr for BaseUrl {
    type Err = Error;

    fn from_str(url: &str) -> Result<Self, Error> {
        Self::parse(url).map_err(Error::config)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.prefix)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(base: &str, relative: &str) -> String {
        BaseUrl::parse(base).unwrap().join_uri(relative.parse().unwrap()).unwrap().to_string()
    }

    #[test]
    fn the_prefix_is_kept() {
        assert_eq!(join("https://api.stackone.com", "/a/b?c=d"), "https://api.stackone.com/a/b?c=d");
        assert_eq!(join("https://api.stackone.com/", "/a"), "https://api.stackone.com/a");
        assert_eq!(join("http://127.0.0.1:8080/x/y/", "/a%2Fb?c=%3F"), "http://127.0.0.1:8080/x/y/a%2Fb?c=%3F");
        assert_eq!(join("http://[::1]:80", "/"), "http://[::1]:80/");
    }

    #[test]
    fn an_invalid_base_url_is_refused() {
        let refused = [
            ("", "not a URL"),
            ("api.stackone.com", "https://"),
            ("/path", "https://"),
            ("ftp://host", "https://"),
            ("https://", "not a URL"),
            ("https:///path", "not a URL"),
            ("https://user:pw@host", "api_key"),
            ("https://host/?q", "query"),
            ("https://host/#f", "fragment"),
            ("https://ho st", "not a URL"),
        ];
        for (url, reason) in refused {
            let message = BaseUrl::parse(url).unwrap_err();
            assert!(message.contains(reason), "{url}: {message}");
        }
    }

    #[test]
    fn an_invalid_host_or_port_is_refused() {
        for port in ["", "99999", "65536", "8080x", "abc", "-1", "+80", "8 0"] {
            for host in ["host", "[::1]", "127.0.0.1"] {
                let url = format!("http://{host}:{port}/a");
                assert!(BaseUrl::parse(&url).is_err(), "{url}");
            }
        }
        for host in [".", "..", "a..b", ".a", "a..", "[]", "[::1", "::1", "[::1]8080", "[::g]", "[127.0.0.1]", "[1:2]"]
        {
            for port in ["", ":80"] {
                let url = format!("https://{host}{port}");
                assert!(BaseUrl::parse(&url).is_err(), "{url}");
            }
        }
        assert!(BaseUrl::parse("http://:80").unwrap_err().contains("a host"));
        assert!(BaseUrl::parse("http://host:99999").unwrap_err().contains("65535"));
        for base in
            ["https://h:0443", "http://h:65535", "https://full.name.:1", "http://[2001:db8::1]:8080", "http://[::1]"]
        {
            assert_eq!(join(base, "/"), format!("{base}/"));
        }
    }

    #[test]
    fn an_ambiguous_prefix_is_refused() {
        let refused = [
            ("/a/../b", "`..`"),
            ("/./", "`..`"),
            ("/%2e%2E", "`..`"),
            ("/.%2e/b", "`..`"),
            ("/a/%2E/b", "`..`"),
            ("//a", "one slash"),
            ("/a//b/", "one slash"),
            ("/é", "percent-encode"),
            ("/a\\..\\b", "percent-encode"),
            ("/{tenant}", "percent-encode"),
            ("/%", "%25"),
            ("/a%2/b", "%25"),
            ("/a%2x", "%25"),
            ("/%%20", "%25"),
        ];
        for (prefix, reason) in refused {
            let message = BaseUrl::parse(&format!("https://host{prefix}")).unwrap_err();
            assert!(message.contains(reason), "{prefix}: {message}");
        }
        for prefix in ["/a%2Fb", "/%c3%A9", "/...", "/.a/b..", "/v1:x/@me;y=1", "/~a/(b)"] {
            assert_eq!(join(&format!("https://host{prefix}/"), "/x"), format!("https://host{prefix}/x"));
        }
    }

    #[test]
    fn an_absolute_uri_is_refused() {
        let base = BaseUrl::parse("https://host").unwrap();
        for uri in ["https://evil.example/a", "*"] {
            assert!(base.join_uri(uri.parse().unwrap()).is_err(), "{uri}");
        }
    }
}
