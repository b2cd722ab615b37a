//! Any variables of proxies: a value is refused, or each request goes over its proxy. None goes past it in silence.

#![no_main]

use arbitrary::Arbitrary;
use http::Uri;
use libfuzzer_sys::fuzz_target;

// The file needs only its crates, and nothing public reads other variables than those of the process.
#[path = "../../runtime/src/transport/proxies.rs"]
mod proxies;

#[derive(Debug, Arbitrary)]
struct Variables<'a> {
    http: Option<&'a str>,
    https: Option<&'a str>,
    all: Option<&'a str>,
    no: Option<&'a str>,
    is_cgi: bool,
}

impl Variables<'_> {
    fn get(&self, name: &str) -> Option<String> {
        match name {
            "http_proxy" => self.http.map(str::to_owned),
            "HTTPS_PROXY" => self.https.map(str::to_owned),
            "all_proxy" => self.all.map(str::to_owned),
            "NO_PROXY" => self.no.map(str::to_owned),
            "REQUEST_METHOD" => self.is_cgi.then(|| "GET".to_owned()),
            _ => None,
        }
    }
}

fuzz_target!(|variables: Variables<'_>| {
    let is_set = |value: Option<&str>| value.is_some_and(|value| !value.trim().is_empty());
    let matcher = match proxies::from_variables(|name| variables.get(name)) {
        Ok(matcher) => matcher,
        Err(message) => {
            let names = ["http_proxy", "HTTPS_PROXY", "all_proxy"];
            assert!(names.iter().any(|name| message.contains(&format!("`{name}`"))), "{message}");
            return;
        }
    };
    let uses = |uri: &'static str| {
        matcher.as_ref().is_some_and(|matcher| matcher.intercept(&Uri::from_static(uri)).is_some())
    };
    let (http, https) = (uses("http://api.example/a"), uses("https://api.example/a"));
    if !is_set(variables.no) {
        assert_eq!(http, is_set(variables.http) || is_set(variables.all), "http: {variables:?}");
        assert_eq!(https, is_set(variables.https) || is_set(variables.all), "https: {variables:?}");
    }
    if variables.no.is_some_and(|no| no.split(',').any(|host| host.trim() == "*")) {
        assert!(!http && !https);
    }
});
