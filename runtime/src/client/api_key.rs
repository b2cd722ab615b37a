//! The API key.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::HeaderValue;
use std::fmt;
use zeroize::Zeroizing;

/// An API key. `Debug` does not show it, and its memory is overwritten when it is dropped.
///
/// ```
/// let key = stackone::ApiKey::from("v1.eu1.secret");
/// assert_eq!(format!("{key:?}"), "ApiKey(..)");
/// ```
#[derive(Clone)]
pub struct ApiKey(Zeroizing<String>);

impl ApiKey {
    /// The value of `Authorization` (RFC 7617): the key as user name, a colon, and an empty password.
    pub(crate) fn authorization(&self) -> Result<HeaderValue, &'static str> {
        if self.0.is_empty() {
            return Err("the API key is empty");
        }
        if self.0.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err("the API key contains white space or a control character");
        }
        if self.0.contains(':') {
            return Err("the API key contains a colon, which a user name in HTTP Basic cannot contain");
        }
        let credentials = Zeroizing::new(format!("{}:", *self.0));
        let encoded = Zeroizing::new(STANDARD.encode(credentials.as_bytes()));
        let value = Zeroizing::new(["Basic ", &encoded].concat().into_bytes());
        // The header shares the memory that is overwritten.
        let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(value))
            .map_err(|_| "the API key cannot be sent in a header")?;
        value.set_sensitive(true);
        Ok(value)
    }
}

impl From<String> for ApiKey {
    fn from(key: String) -> Self {
        Self(Zeroizing::new(key))
    }
}

impl From<&str> for ApiKey {
    fn from(key: &str) -> Self {
        Self(Zeroizing::new(key.to_owned()))
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_the_user_name_of_http_basic() {
        let value = ApiKey::from("Aladdin").authorization().unwrap();
        assert_eq!(value, "Basic QWxhZGRpbjo=");
        assert!(value.is_sensitive());
    }

    #[test]
    fn an_invalid_key_is_refused_without_showing_it() {
        for key in ["", "a b", "secret\n", "secret:x", "\u{1}secret"] {
            let message = ApiKey::from(key).authorization().unwrap_err();
            assert!(!message.contains("secret"), "{message}");
        }
    }
}
