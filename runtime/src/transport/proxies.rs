//! The proxies of the environment, read as curl reads them.

use http::Uri;
use hyper_util::client::proxy::matcher::Matcher;

/// The proxies that the variables of the environment name, or `None` if they name none.
///
/// `variable` returns the value of a variable. The function has no other input. A name in lower case comes before the same
/// name in upper case, an empty value is no value, and white space around a value does not count. A value that cannot be used
/// is an error that names its variable and not the value, which may have a password: to ignore it would send the request past
/// the proxy.
pub(super) fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Option<Matcher>, String> {
    let first = |names: &[&'static str]| {
        let value = |name| variable(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        names.iter().find_map(|&name| Some((name, value(name)?)))
    };
    let no_proxy = no_proxy(&first(&["no_proxy", "NO_PROXY"]).unwrap_or_default().1);
    let Some(no_proxy) = no_proxy else { return Ok(None) };
    let all = || first(&["all_proxy", "ALL_PROXY"]);
    // A web server passes the header `Proxy` of a request to a CGI program as `HTTP_PROXY` (CVE-2016-5385).
    let is_cgi = variable("REQUEST_METHOD").is_some();
    let http = first(if is_cgi { &["http_proxy"] } else { &["http_proxy", "HTTP_PROXY"] }).or_else(all);
    let https = first(&["https_proxy", "HTTPS_PROXY"]).or_else(all);
    if http.is_none() && https.is_none() {
        return Ok(None);
    }
    let mut proxies = Matcher::builder().no(no_proxy);
    if let Some((name, value)) = http {
        proxies = proxies.http(proxy(name, value)?);
    }
    if let Some((name, value)) = https {
        proxies = proxies.https(proxy(name, value)?);
    }
    Ok(Some(proxies.build()))
}

/// The hosts that need no proxy, separated by commas, or `None` if no host needs one.
fn no_proxy(list: &str) -> Option<String> {
    let entries = list.split(|c: char| c == ',' || c.is_whitespace()).filter(|entry| !entry.is_empty());
    let entries: Vec<_> = entries.map(|entry| entry.trim_start_matches('[').trim_end_matches([']', '.'])).collect();
    (!entries.contains(&"*")).then(|| entries.join(","))
}

/// The URL of a proxy, if it can be used.
fn proxy(variable: &str, value: String) -> Result<String, String> {
    let value = if value.contains("://") { value } else { format!("http://{value}") };
    let error = |message| Err(format!("the environment variable `{variable}` {message}"));
    if value.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("socks")) {
        return error("names a SOCKS proxy, which is not supported: use a proxy with http:// or https://");
    }
    let Ok(uri) = value.parse::<Uri>() else { return error("is not the URL of a proxy") };
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return error("names a proxy that is neither http:// nor https://");
    }
    if uri.host().is_none_or(str::is_empty) {
        return error("names no host");
    }
    // The parser takes any text as a port.
    if uri.port_u16().is_none()
        && uri.authority().is_some_and(|authority| !authority.as_str().ends_with(authority.host()))
    {
        return error("names a port that is not a number");
    }
    // The matcher drops a value that it cannot use.
    let any = Uri::from_static("http://any.invalid");
    match Matcher::builder().all(value.as_str()).build().intercept(&any) {
        Some(_) => Ok(value),
        None => error("is not the URL of a proxy"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(variables: &[(&str, &str)]) -> Result<Option<Matcher>, String> {
        from_variables(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    /// The proxy of a URL. `None` means that the request goes to its host.
    fn proxy_of(variables: &[(&str, &str)], url: &str) -> Option<String> {
        let proxy = read(variables).unwrap()?.intercept(&url.parse().unwrap())?;
        Some(proxy.uri().to_string())
    }

    #[test]
    fn each_scheme_has_its_proxy() {
        let both = [("HTTP_PROXY", "http://a:1"), ("https_proxy", "https://b:2"), ("ALL_PROXY", "http://c:3")];
        assert_eq!(proxy_of(&both, "http://api.example/").unwrap(), "http://a:1/");
        assert_eq!(proxy_of(&both, "https://api.example/").unwrap(), "https://b:2/");
        assert_eq!(proxy_of(&both[2..], "https://api.example/").unwrap(), "http://c:3/");
        assert_eq!(proxy_of(&both[..1], "https://api.example/"), None);
        assert_eq!(proxy_of(&[], "https://api.example/"), None);
    }

    #[test]
    fn a_value_is_read_as_curl_reads_it() {
        let url = "http://api.example/";
        for value in ["proxy:3128", " http://proxy:3128\n", "http://proxy:3128/", "HTTP://proxy:3128"] {
            assert_eq!(proxy_of(&[("HTTP_PROXY", value)], url).unwrap(), "http://proxy:3128/", "{value:?}");
        }
        let cases: [(&[_], _); 3] = [
            (&[("http_proxy", "http://lower"), ("HTTP_PROXY", "http://upper")], Some("http://lower/")),
            (&[("http_proxy", ""), ("HTTP_PROXY", " "), ("ALL_PROXY", "http://all")], Some("http://all/")),
            (&[("HTTP_PROXY", "http://of-the-request"), ("REQUEST_METHOD", "GET")], None),
        ];
        for (variables, proxy) in cases {
            assert_eq!(proxy_of(variables, url).as_deref(), proxy, "{variables:?}");
        }
    }

    #[test]
    fn hosts_without_a_proxy_are_called_directly() {
        let cases = [
            ("*", "https://127.0.0.1/", true),
            ("*", "https://[::1]/", true),
            ("*", "https://api.example/", true),
            (" * ", "https://127.0.0.1/", true),
            ("a.example, *", "https://127.0.0.1/", true),
            ("api.example", "https://api.example/", true),
            ("example", "https://api.example/", true),
            (".example", "https://api.example/", true),
            ("b.example api.example", "https://api.example/", true),
            ("api.example.", "https://api.example/", true),
            ("10.0.0.0/8", "https://10.1.2.3/", true),
            ("[::1]", "https://[::1]:8443/", true),
            ("pi.example", "https://api.example/", false),
            ("api.example.org", "https://api.example/", false),
            ("", "https://api.example/", false),
        ];
        for (list, url, is_direct) in cases {
            for name in ["NO_PROXY", "no_proxy"] {
                let variables = [("ALL_PROXY", "http://proxy"), (name, list)];
                assert_eq!(proxy_of(&variables, url).is_none(), is_direct, "{list:?} {url}");
            }
        }
    }

    #[test]
    fn a_value_that_cannot_be_used_is_an_error() {
        let cases = [
            ("http://", "is not the URL of a proxy"),
            ("http://user:secret@", "is not the URL of a proxy"),
            ("http://:3128", "names no host"),
            ("http://pro xy", "is not the URL of a proxy"),
            ("http://proxy:port", "names a port that is not a number"),
            ("ftp://proxy", "names a proxy that is neither http:// nor https://"),
            ("socks5://user:secret@proxy:1080", "names a SOCKS proxy, which is not supported"),
            ("SOCKS5H://proxy", "names a SOCKS proxy, which is not supported"),
        ];
        for (value, message) in cases {
            for name in ["HTTP_PROXY", "https_proxy", "ALL_PROXY"] {
                let Err(error) = read(&[(name, value)]) else { panic!("{name}={value:?} is used") };
                assert!(error.contains(name) && error.contains(message), "{value:?}: {error}");
                assert!(!error.contains("secret"), "{error}");
            }
        }
        assert!(read(&[("ALL_PROXY", "http://"), ("NO_PROXY", "*")]).unwrap().is_none(), "no host needs it");
        let both = [("ALL_PROXY", "socks5://proxy"), ("HTTP_PROXY", "a"), ("HTTPS_PROXY", "b")];
        assert!(read(&both).unwrap().is_some(), "nothing needs it");
    }

    proptest! {
        #[test]
        fn a_value_is_a_proxy_or_an_error(value in ".{0,30}", list in ".{0,30}") {
            let result = read(&[("ALL_PROXY", &value), ("NO_PROXY", &list)]);
            let is_unset = value.trim().is_empty() || list.split([',', ' ']).any(|entry| entry.trim() == "*");
            match result {
                Ok(None) => prop_assert!(is_unset || list.contains('*')),
                Ok(Some(proxies)) => {
                    let any = Uri::from_static("https://host.that.no.list.has/");
                    prop_assert!(proxies.intercept(&any).is_some() || !list.is_empty());
                }
                Err(message) => prop_assert!(message.contains("ALL_PROXY")),
            }
        }
    }
}
