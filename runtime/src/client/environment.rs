//! The environment variables of a client.

#[cfg(feature = "transport")]
use super::Client;
use super::{ClientBuilder, header_rules::check_header};
#[cfg(feature = "transport")]
use crate::Error;
use crate::{
    base_url::BaseUrl,
    credentials::{ApiKey, Credentials},
};
use http::{HeaderName, HeaderValue};
use std::{env, ffi::OsString};

const API_KEY: &str = "STACKONE_API_KEY";
const ACCOUNT_ID: &str = "STACKONE_ACCOUNT_ID";
const BASE_URL: &str = "STACKONE_BASE_URL";
const ACCOUNT_HEADER: HeaderName = HeaderName::from_static("x-account-id");

#[cfg(feature = "transport")]
#[cfg_attr(docsrs, doc(cfg(feature = "transport")))]
impl Client {
    /// A client with the settings of the environment, and default settings otherwise.
    ///
    /// | variable | required | what it is |
    /// | --- | --- | --- |
    /// | `STACKONE_API_KEY` | yes | [`api_key`](ClientBuilder::api_key) |
    /// | `STACKONE_ACCOUNT_ID` | no | the linked account: `x-account-id` of each request that does not have it |
    /// | `STACKONE_BASE_URL` | no | [`base_url`](ClientBuilder::base_url). Default: `https://api.stackone.com` |
    /// | `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, also in lower case | no | [proxies](ClientBuilder::no_proxy), for every client |
    /// | `SSL_CERT_FILE`, `SSL_CERT_DIR` | no | the root certificates, in place of those of the platform, for every client. Not on Windows, macOS, iOS and Android |
    ///
    /// An operation whose account is a required field, as those of `stackone-api`, has its own account. Its program reads
    /// `STACKONE_ACCOUNT_ID` with [`std::env::var`].
    ///
    /// The crate reads no other variable. [`ClientBuilder::environment`] reads the first three for a client with other settings.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), stackone::Error> {
    /// let client = stackone::Client::from_env()?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) with the name of the variable that is missing, empty, not UTF-8 or
    /// otherwise invalid, and the errors of [`ClientBuilder::build`].
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().environment().build()
    }
}

impl<T> ClientBuilder<T> {
    /// Reads `STACKONE_API_KEY`, `STACKONE_ACCOUNT_ID` and `STACKONE_BASE_URL`. [`Client::from_env`] has the table of all
    /// variables. A missing key, or an invalid value, is an error of the kind [`Config`](crate::ErrorKind::Config) when the client
    /// is built; it names the variable.
    ///
    /// ```no_run
    /// # fn example() -> Result<(), stackone::Error> {
    /// use std::time::Duration;
    ///
    /// let client = stackone::Client::builder().environment().timeout(Duration::from_secs(30)).build()?;
    /// # Ok(()) }
    /// ```
    pub fn environment(mut self) -> Self {
        match Environment::read(env::var_os) {
            Err(message) => self.reject(message),
            Ok(Environment { credentials, account, base_url }) => {
                if let Some(base_url) = base_url {
                    self.settings_mut().base_url = base_url;
                }
                if let Some(account) = account {
                    self = self.default_header(ACCOUNT_HEADER, account);
                }
                self = self.credentials(credentials);
            }
        }
        self
    }
}

/// The values of the variables.
#[derive(Debug)]
struct Environment {
    credentials: Credentials,
    account: Option<HeaderValue>,
    base_url: Option<BaseUrl>,
}

impl Environment {
    /// Reads the variables. The message of an error starts with the name of the variable. It never contains the value.
    fn read(lookup: impl Fn(&'static str) -> Option<OsString>) -> Result<Self, String> {
        let text = |name| lookup(name).map(|value| to_text(name, value)).transpose();
        let key = text(API_KEY)?
            .ok_or_else(|| format!("the environment variable `{API_KEY}` is not set: set it to the API key"))?;
        let credentials = Credentials::from(ApiKey::from(key));
        if let Some(reason) = credentials.invalid() {
            return Err(invalid(API_KEY, reason));
        }
        let account = text(ACCOUNT_ID)?
            .map(|account| check_header(ACCOUNT_HEADER, account).map_err(|reason| invalid(ACCOUNT_ID, &reason)))
            .transpose()?
            .map(|(_, value)| value);
        let base_url =
            text(BASE_URL)?.map(|url| BaseUrl::parse(&url).map_err(|reason| invalid(BASE_URL, reason))).transpose()?;
        Ok(Self { credentials, account, base_url })
    }
}

fn to_text(name: &str, value: OsString) -> Result<String, String> {
    match value.into_string() {
        Ok(text) if text.trim().is_empty() => {
            Err(format!("the environment variable `{name}` is empty: set a value, or remove it"))
        }
        Ok(text) => Ok(text),
        Err(_) => Err(format!("the environment variable `{name}` is not UTF-8")),
    }
}

fn invalid(name: &str, reason: &str) -> String {
    format!("the environment variable `{name}` cannot be used: {reason}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&'static str, &'static str)]) -> Result<Environment, String> {
        Environment::read(|name| {
            let value = variables.iter().find(|(variable, _)| *variable == name);
            value.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn only_the_key_is_required() {
        let Environment { account, base_url, .. } = read(&[(API_KEY, "key")]).unwrap();
        assert!(account.is_none() && base_url.is_none());
        let all = [(API_KEY, "key"), (ACCOUNT_ID, "acc_1"), (BASE_URL, "http://localhost:8080/api")];
        let Environment { account, base_url, .. } = read(&all).unwrap();
        assert_eq!(account.unwrap(), "acc_1");
        assert_eq!(base_url.unwrap().to_string(), "http://localhost:8080/api");
    }

    #[test]
    fn an_error_names_the_variable_and_not_its_value() {
        let cases: [(&[(&str, &str)], &str); 7] = [
            (&[], "`STACKONE_API_KEY` is not set"),
            (&[(ACCOUNT_ID, "acc_1")], "`STACKONE_API_KEY` is not set"),
            (&[(API_KEY, "")], "`STACKONE_API_KEY` is empty"),
            (&[(API_KEY, "key"), (ACCOUNT_ID, " ")], "`STACKONE_ACCOUNT_ID` is empty"),
            (&[(API_KEY, "key"), (ACCOUNT_ID, "secret\n")], "`STACKONE_ACCOUNT_ID` cannot be used"),
            (&[(API_KEY, "key"), (BASE_URL, "")], "`STACKONE_BASE_URL` is empty"),
            (&[(API_KEY, "key"), (BASE_URL, "secret@api")], "`STACKONE_BASE_URL` cannot be used"),
        ];
        for (variables, expected) in cases {
            let message = read(variables).unwrap_err();
            assert!(message.starts_with(&format!("the environment variable {expected}")), "{message}");
            assert!(!message.contains("secret"), "{message}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_value_that_is_not_utf8_is_an_error() {
        use std::os::unix::ffi::OsStringExt;
        for name in [API_KEY, ACCOUNT_ID, BASE_URL] {
            let lookup = |variable| Some(if variable == name { OsString::from_vec(vec![0xFF]) } else { "a".into() });
            assert_eq!(
                Environment::read(lookup).unwrap_err(),
                format!("the environment variable `{name}` is not UTF-8")
            );
        }
    }
}
