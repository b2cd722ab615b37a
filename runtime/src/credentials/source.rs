//! Sources of credentials.

use super::Credentials;
use crate::error::BoxError;
use std::{any::Any, error::Error, pin::Pin, sync::Arc};

/// A source of credentials. The client asks it before each attempt.
///
/// A source is called often and by many calls at once, so it keeps what it has. [`TokenSource`](super::TokenSource) does
/// this for tokens that expire. Write a source of your own for credentials that change in another way:
///
/// ```
/// use std::error::Error;
/// use stackone::{Client, credentials::{Credentials, CredentialsSource}};
///
/// /// A key that another process may replace.
/// struct KeyFile(std::path::PathBuf);
///
/// impl CredentialsSource for KeyFile {
///     async fn credentials(&self, _refused: Option<&Credentials>) -> Result<Credentials, Box<dyn Error + Send + Sync>> {
///         let key = std::fs::read_to_string(&self.0)?;
///         Ok(Credentials::bearer(key.trim()))
///     }
/// }
///
/// let client = Client::builder().credentials(KeyFile("/run/secrets/key".into()));
/// ```
pub trait CredentialsSource: Send + Sync {
    /// The credentials for the next attempt.
    ///
    /// `refused` has credentials that the server has just refused with status 401. A source that can get others returns
    /// them. Otherwise it returns the same credentials, or an error; the call then ends.
    ///
    /// The future is dropped if the call is dropped or its deadline is exceeded.
    ///
    /// # Errors
    ///
    /// The call fails with the kind [`Credentials`](crate::ErrorKind::Credentials). The message of that error contains the
    /// text of this error, so it must not contain a secret.
    fn credentials(
        &self,
        refused: Option<&Credentials>,
    ) -> impl Future<Output = Result<Credentials, Box<dyn Error + Send + Sync>>> + Send;
}

/// A source that always returns these credentials.
impl CredentialsSource for Credentials {
    async fn credentials(&self, _: Option<&Credentials>) -> Result<Credentials, BoxError> {
        Ok(self.clone())
    }
}

impl<S: CredentialsSource + ?Sized> CredentialsSource for Arc<S> {
    async fn credentials(&self, refused: Option<&Credentials>) -> Result<Credentials, BoxError> {
        S::credentials(self, refused).await
    }
}

type CredentialsFuture<'a> = Pin<Box<dyn Future<Output = Result<Credentials, BoxError>> + Send + 'a>>;

/// A source without its type.
pub(crate) trait ErasedSource: Send + Sync {
    fn ask<'a>(&'a self, refused: Option<&'a Credentials>) -> CredentialsFuture<'a>;
}

impl<S: CredentialsSource> ErasedSource for S {
    fn ask<'a>(&'a self, refused: Option<&'a Credentials>) -> CredentialsFuture<'a> {
        Box::pin(self.credentials(refused))
    }
}

/// The credentials of a client or a call.
#[derive(Clone)]
pub(crate) enum CredentialsSetting {
    /// They never change, so that they are added once for all attempts.
    Fixed(Credentials),
    Source(Arc<dyn ErasedSource>),
}

impl CredentialsSetting {
    pub(crate) fn new(source: impl CredentialsSource + 'static) -> Self {
        match (&source as &dyn Any).downcast_ref::<Credentials>() {
            Some(fixed) => Self::Fixed(fixed.clone()),
            None => Self::Source(Arc::new(source)),
        }
    }
}

impl Default for CredentialsSetting {
    fn default() -> Self {
        Self::Fixed(Credentials::none())
    }
}
