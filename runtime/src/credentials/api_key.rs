//! The API key.

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
    pub(super) fn as_str(&self) -> &str {
        &self.0
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
