//! Credentials, and how they are added to a request.

use super::ApiKey;
use crate::{
    request::{is_cookie_octet, percent_encode},
    transport_headers::TRANSPORT_HEADERS,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::{Bytes, BytesMut};
use http::{
    HeaderName, HeaderValue, Request, Uri,
    header::{self, Entry},
    uri::PathAndQuery,
};
use std::{fmt, sync::Arc};
use zeroize::Zeroizing;

/// Credentials for one or more requests. They are invalid if a request cannot contain them; the client then reports an
/// error of the kind [`Config`](crate::ErrorKind::Config) that does not show them.
///
/// A request that already has the header, the query parameter or the cookie keeps its own.
///
/// ```
/// use stackone::{Client, credentials::Credentials};
///
/// let client = Client::builder().credentials(Credentials::bearer("token"));
/// assert_eq!(format!("{:?}", Credentials::bearer("token")), "Credentials(..)");
/// ```
#[derive(Clone)]
pub struct Credentials {
    placement: Placement,
    /// The secrets as a server may repeat them in a message.
    secrets: Arc<[Zeroizing<String>]>,
}

#[derive(Clone)]
enum Placement {
    None,
    Header(HeaderName, HeaderValue),
    /// `name=value`, percent-encoded.
    Query(Arc<Zeroizing<String>>),
    /// `name=value`.
    Cookie(Arc<Zeroizing<String>>),
    Invalid(String),
}

/// A shorter secret would be replaced in the middle of words, and nobody can rely on it.
const SHORTEST_SECRET: usize = 8;

impl Credentials {
    /// Credentials that add nothing to a request.
    #[must_use]
    pub fn none() -> Self {
        Self::new(Ok(Placement::None), [])
    }

    /// HTTP Basic (RFC 7617) in UTF-8. The user name contains no colon; neither contains a control character.
    #[must_use]
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        let (user, password) = (Zeroizing::new(user.into()), Zeroizing::new(password.into()));
        let value = if user.contains(':') {
            Err("the user name contains a colon, which a user name in HTTP Basic cannot contain")
        } else if user.chars().chain(password.chars()).any(char::is_control) {
            Err("the user name or the password contains a control character")
        } else {
            authorization("Basic ", &basic(&user, &password))
        };
        let encoded = basic(&user, &password);
        Self::new(value.map(in_authorization).map_err(str::to_owned), [password, encoded])
    }

    /// A bearer token (RFC 6750) in `Authorization`.
    #[must_use]
    pub fn bearer(token: impl Into<String>) -> Self {
        let token = Zeroizing::new(token.into());
        let value = if token.is_empty() {
            Err("the token is empty")
        } else if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            Err("the token contains white space, or a character beyond ASCII")
        } else {
            authorization("Bearer ", &token)
        };
        Self::new(value.map(in_authorization).map_err(str::to_owned), [token])
    }

    /// A key in a header, as in `x-api-key: key`. The value is the key unchanged: for `Authorization: Token key`, pass
    /// `Token key`.
    #[must_use]
    pub fn header(name: impl TryInto<HeaderName>, key: impl Into<ApiKey>) -> Self {
        let key = Zeroizing::new(key.into().as_str().to_owned());
        let value = match name.try_into() {
            Err(_) => Err("this is not a header name"),
            Ok(name) if TRANSPORT_HEADERS.contains(&name.as_str()) => Err("this header belongs to the transport"),
            Ok(_) if key.is_empty() => Err("the key is empty"),
            Ok(_) if key.trim().len() < key.len() => Err("the key starts or ends with white space"),
            Ok(name) => secret_value("", &key).map(|value| Placement::Header(name, value)),
        };
        Self::new(value.map_err(str::to_owned), [key])
    }

    /// A key in the query, as in `?key=..`. Prefer a header if the API has one: URLs end up in logs.
    #[must_use]
    pub fn query(name: impl AsRef<str>, key: impl Into<ApiKey>) -> Self {
        let key = Zeroizing::new(key.into().as_str().to_owned());
        let encoded = encoded(&key);
        let pair = if name.as_ref().is_empty() {
            Err("the name of the query parameter is empty".to_owned())
        } else if key.is_empty() {
            Err("the key is empty".to_owned())
        } else {
            let pair = [self::encoded(name.as_ref()).as_str(), "=", &encoded].concat();
            Ok(Placement::Query(Arc::new(Zeroizing::new(pair))))
        };
        Self::new(pair, [key, encoded])
    }

    /// A key in a cookie (RFC 6265, section 4.2.1). It is added to the other cookies of the request.
    #[must_use]
    pub fn cookie(name: impl AsRef<str>, key: impl Into<ApiKey>) -> Self {
        let key = Zeroizing::new(key.into().as_str().to_owned());
        let name = name.as_ref();
        let pair = if name.is_empty() || !name.bytes().all(is_token) {
            Err("this is not the name of a cookie".to_owned())
        } else if key.is_empty() {
            Err("the key is empty".to_owned())
        } else if !key.bytes().all(is_cookie_octet) {
            Err("the key contains a character that a cookie cannot contain".to_owned())
        } else {
            Ok(Placement::Cookie(Arc::new(Zeroizing::new([name, "=", &key].concat()))))
        };
        Self::new(pair, [key])
    }

    fn new<const N: usize>(placement: Result<Placement, String>, secrets: [Zeroizing<String>; N]) -> Self {
        let secrets = secrets.into_iter().filter(|secret| secret.len() >= SHORTEST_SECRET).collect();
        Self { placement: placement.unwrap_or_else(Placement::Invalid), secrets }
    }

    /// Why no request can contain these credentials.
    pub(crate) fn invalid(&self) -> Option<&str> {
        match &self.placement {
            Placement::Invalid(message) => Some(message),
            _ => None,
        }
    }

    /// The header that has these credentials.
    pub(crate) fn header_name(&self) -> Option<&HeaderName> {
        match &self.placement {
            Placement::Header(name, _) => Some(name),
            _ => None,
        }
    }

    /// Adds the credentials to a request. `false` if there are none, or if the request keeps its own.
    pub(crate) fn apply(&self, request: &mut Request<Bytes>) -> Result<bool, String> {
        match &self.placement {
            Placement::None => Ok(false),
            Placement::Header(name, value) => Ok(match request.headers_mut().entry(name) {
                Entry::Occupied(_) => false,
                Entry::Vacant(vacant) => {
                    vacant.insert(value.clone());
                    true
                }
            }),
            Placement::Query(pair) => add_to_query(request.uri_mut(), pair).map_err(str::to_owned),
            Placement::Cookie(pair) => add_cookie(request, pair).map_err(str::to_owned),
            Placement::Invalid(message) => Err(message.clone()),
        }
    }

    /// A target without the parameter of the query that these credentials add. A server may repeat it in its links.
    pub(crate) fn removed_from_query(&self, target: String) -> String {
        match &self.placement {
            Placement::Query(pair) => without_name(target, pair),
            _ => target,
        }
    }

    /// Whether a request with the other credentials is the same.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (&self.placement, &other.placement) {
            (Placement::None, Placement::None) => true,
            (Placement::Header(name, value), Placement::Header(other_name, other)) => {
                name == other_name && value == other
            }
            (Placement::Query(pair), Placement::Query(other)) | (Placement::Cookie(pair), Placement::Cookie(other)) => {
                pair == other
            }
            _ => false,
        }
    }

    /// The text without the secrets, or `None` if it contains none of them.
    pub(crate) fn redact(&self, text: &str) -> Option<String> {
        let mut redacted = None;
        for secret in self.secrets.iter() {
            let current: &str = redacted.as_deref().unwrap_or(text);
            if current.contains(secret.as_str()) {
                redacted = Some(current.replace(secret.as_str(), "[redacted]"));
            }
        }
        redacted
    }
}

/// StackOne's API key: HTTP Basic with the key as user name and an empty password.
impl From<ApiKey> for Credentials {
    fn from(key: ApiKey) -> Self {
        let key = Zeroizing::new(key.as_str().to_owned());
        let value = if key.is_empty() {
            Err("the API key is empty")
        } else if key.chars().any(|c| c.is_whitespace() || c.is_control()) {
            Err("the API key contains white space or a control character")
        } else if key.contains(':') {
            Err("the API key contains a colon, which a user name in HTTP Basic cannot contain")
        } else {
            authorization("Basic ", &basic(&key, ""))
        };
        let encoded = basic(&key, "");
        Self::new(value.map(in_authorization).map_err(str::to_owned), [key, encoded])
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(..)")
    }
}

fn basic(user: &str, password: &str) -> Zeroizing<String> {
    let pair = Zeroizing::new([user, ":", password].concat());
    Zeroizing::new(STANDARD.encode(pair.as_bytes()))
}

fn in_authorization(value: HeaderValue) -> Placement {
    Placement::Header(header::AUTHORIZATION, value)
}

fn authorization(scheme: &str, credentials: &str) -> Result<HeaderValue, &'static str> {
    secret_value(scheme, credentials)
}

/// A sensitive header value. It shares memory that is overwritten when the last copy is dropped.
fn secret_value(scheme: &str, credentials: &str) -> Result<HeaderValue, &'static str> {
    let value = Zeroizing::new([scheme, credentials].concat().into_bytes());
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(value))
        .map_err(|_| "the key contains a character that no header can contain")?;
    value.set_sensitive(true);
    Ok(value)
}

fn encoded(text: &str) -> Zeroizing<String> {
    let mut out = BytesMut::new();
    percent_encode(&mut out, text);
    Zeroizing::new(String::from_utf8_lossy(&out).into_owned())
}

/// RFC 9110, section 5.6.2.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// Whether one of the pairs has the same name as `pair`.
fn has_name<'a>(mut pairs: impl Iterator<Item = &'a [u8]>, pair: &str) -> bool {
    let name = pair.split_once('=').map_or(pair, |(name, _)| name).as_bytes();
    pairs.any(|other| other.split(|byte| *byte == b'=').next() == Some(name))
}

/// The target without the pairs of its query that have the same name as `pair`.
fn without_name(target: String, pair: &str) -> String {
    let Some((path, query)) = target.split_once('?') else { return target };
    let kept: Vec<&str> = query.split('&').filter(|other| !has_name([other.as_bytes()].into_iter(), pair)).collect();
    let separator = if kept.is_empty() { "" } else { "?" };
    [path, separator, &kept.join("&")].concat()
}

fn add_to_query(uri: &mut Uri, pair: &str) -> Result<bool, &'static str> {
    let mut parts = uri.clone().into_parts();
    let target = parts.path_and_query.as_ref().map_or("/", PathAndQuery::as_str);
    let query = uri.query();
    if query.is_some_and(|query| has_name(query.as_bytes().split(|byte| *byte == b'&'), pair)) {
        return Ok(false);
    }
    let separator = if query.is_some() { "&" } else { "?" };
    let target = PathAndQuery::try_from([target, separator, pair].concat());
    parts.path_and_query = Some(target.map_err(|_| "the URL is too long with the key")?);
    *uri = Uri::from_parts(parts).map_err(|_| "the key cannot be put into the URL")?;
    Ok(true)
}

fn add_cookie(request: &mut Request<Bytes>, pair: &str) -> Result<bool, &'static str> {
    let headers = request.headers_mut();
    let own: Vec<&[u8]> = headers.get_all(header::COOKIE).iter().map(HeaderValue::as_bytes).collect();
    if has_name(own.iter().flat_map(|value| value.split(|byte| *byte == b';')).map(<[u8]>::trim_ascii), pair) {
        return Ok(false);
    }
    // A client sends one `Cookie` header (RFC 6265, section 5.4).
    let cookies = own.into_iter().chain([pair.as_bytes()]).collect::<Vec<_>>().join(&b"; "[..]);
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(Zeroizing::new(cookies)))
        .map_err(|_| "the key cannot be put into the cookies")?;
    value.set_sensitive(true);
    headers.insert(header::COOKIE, value);
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_the_user_name_of_http_basic() {
        let Placement::Header(name, value) = Credentials::from(ApiKey::from("Aladdin")).placement else {
            panic!("in a header")
        };
        assert_eq!((name, value.to_str().unwrap()), (header::AUTHORIZATION, "Basic QWxhZGRpbjo="));
        assert!(value.is_sensitive());
    }

    #[test]
    fn an_invalid_key_is_refused_without_showing_it() {
        let api_key = |key: &str| Credentials::from(ApiKey::from(key));
        for credentials in [
            api_key(""),
            api_key("a b"),
            api_key("secret\n"),
            api_key("secret:x"),
            api_key("\u{1}secret"),
            Credentials::basic("secret:", "secret"),
            Credentials::basic("secret", "secret\n"),
            Credentials::bearer(""),
            Credentials::bearer("secret secret"),
            Credentials::header("x y", "secret"),
            Credentials::header("host", "secret"),
            Credentials::header("x-key", "secret\n"),
            Credentials::header("x-key", " secret"),
            Credentials::header("x-key", ""),
            Credentials::query("", "secret"),
            Credentials::query("key", ""),
            Credentials::cookie("a b", "secret"),
            Credentials::cookie("a", "secret;"),
            Credentials::cookie("a", ""),
        ] {
            let message = credentials.invalid().unwrap();
            assert!(!message.contains("secret"), "{message}");
        }
    }

    #[test]
    fn every_secret_is_redacted() {
        let credentials = Credentials::query("key", "a secret/key");
        assert_eq!(
            credentials.redact("of a secret/key and a%20secret%2Fkey"),
            Some("of [redacted] and [redacted]".to_owned())
        );
        assert_eq!(credentials.redact("nothing"), None);
        assert_eq!(Credentials::bearer("short").redact("short"), None);
    }
}
