//! A source for tokens that expire.

use super::{Credentials, CredentialsSource};
use crate::error::BoxError;
use std::{
    error::Error,
    fmt,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{runtime::Handle, sync::watch, time::Instant};

/// A token with its lifetime.
///
/// ```
/// use std::time::Duration;
/// use stackone::credentials::Token;
///
/// let token = Token::bearer("token").expires_in(Duration::from_secs(3600));
/// ```
#[derive(Debug, Clone)]
pub struct Token {
    credentials: Credentials,
    lifetime: Option<Duration>,
}

impl Token {
    /// A bearer token that does not expire.
    #[must_use]
    pub fn bearer(token: impl Into<String>) -> Self {
        Self::new(Credentials::bearer(token))
    }

    /// Other credentials that do not expire.
    #[must_use]
    pub fn new(credentials: Credentials) -> Self {
        Self { credentials, lifetime: None }
    }

    /// The lifetime, from the time at which the token was requested: `expires_in` of OAuth 2.0 (RFC 6749, section 5.1).
    /// `None` means that the token does not expire.
    #[must_use]
    pub fn expires_in(mut self, lifetime: impl Into<Option<Duration>>) -> Self {
        self.lifetime = lifetime.into();
        self
    }
}

/// A source of tokens that expire, such as those of OAuth 2.0. A closure requests a token.
///
/// The closure runs when the first call needs a token, when the token expires, and when the server has refused the token
/// with status 401. However many calls wait, it runs once, and all of them get its token or its error. It runs in a task of
/// its own, so that it ends even if the call that started it is dropped. After an error, the next call runs it again.
///
/// Clones share the token, so that several clients can share a source.
///
/// ```
/// use std::time::Duration;
/// use stackone::{Client, credentials::{Token, TokenSource}, stackone_operation};
///
/// #[derive(serde::Serialize)]
/// struct Grant {
///     grant_type: &'static str,
/// }
///
/// #[derive(serde::Deserialize)]
/// struct AccessToken {
///     access_token: String,
///     expires_in: u64,
/// }
///
/// #[stackone_operation(method = "POST", path = "/oauth/token", response = AccessToken)]
/// struct CreateTokenRequest {
///     #[body(content_type = "application/x-www-form-urlencoded")]
///     grant: Grant,
/// }
///
/// # #[cfg(feature = "transport")]
/// # fn example() -> Result<(), stackone::Error> {
/// let login = Client::builder().base_url("https://login.example.com").basic_auth("client-id", "client-secret").build()?;
/// let tokens = TokenSource::new(move || {
///     let login = login.clone();
///     async move {
///         let operation = CreateTokenRequest::builder().grant(Grant { grant_type: "client_credentials" }).build();
///         let token = login.send(operation).await?.value;
///         let lifetime = Duration::from_secs(token.expires_in);
///         Ok::<_, stackone::Error>(Token::bearer(token.access_token).expires_in(lifetime))
///     }
/// });
/// let client = Client::builder().base_url("https://api.example.com").credentials(tokens).build()?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct TokenSource {
    refresh: Arc<Refresh>,
    expiry_margin: Duration,
    state: Arc<Mutex<State>>,
}

type Refresh = dyn Fn() -> Pin<Box<dyn Future<Output = Result<Token, BoxError>> + Send>> + Send + Sync;

#[derive(Default)]
struct State {
    current: Option<Current>,
    /// The refresh that runs. Its sender is dropped without a result if its task panics, or if its runtime ends.
    pending: Option<Pending>,
}

struct Current {
    credentials: Credentials,
    /// When the token is to be replaced.
    end: Option<Instant>,
}

type Pending = watch::Receiver<Option<Result<Credentials, RefreshError>>>;

/// What a call does to get a token.
enum Step {
    Ready(Credentials),
    /// Waits for a refresh that another call has started.
    Join(Pending),
    /// Waits for a refresh that it has started itself.
    Start(Pending),
}

impl TokenSource {
    /// A source that requests a token with `refresh`.
    pub fn new<F, R, E>(refresh: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<Token, E>> + Send + 'static,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        let refresh = move || -> Pin<Box<dyn Future<Output = Result<Token, BoxError>> + Send>> {
            let token = refresh();
            Box::pin(async move { token.await.map_err(Into::into) })
        };
        Self { refresh: Arc::new(refresh), expiry_margin: Duration::from_secs(60), state: Arc::default() }
    }

    /// How long before its end a token is replaced, so that it does not expire on its way to the server. At most half of
    /// the lifetime counts. Default: 60 seconds.
    #[must_use]
    pub fn expiry_margin(mut self, margin: Duration) -> Self {
        self.expiry_margin = margin;
        self
    }

    fn next_step(&self, refused: Option<&Credentials>) -> Result<Step, BoxError> {
        let mut state = lock(&self.state);
        if let Some(current) = &state.current {
            let is_refused = refused.is_some_and(|refused| refused.is_same(&current.credentials));
            if !is_refused && current.end.is_none_or(|end| Instant::now() < end) {
                return Ok(Step::Ready(current.credentials.clone()));
            }
            state.current = None;
        }
        if let Some(pending) = &state.pending
            && pending.has_changed().is_ok()
        {
            return Ok(Step::Join(pending.clone()));
        }
        let runtime = Handle::try_current().map_err(|_| "a refresh needs a tokio runtime")?;
        let (sender, receiver) = watch::channel(None);
        state.pending = Some(receiver.clone());
        drop(state);
        let source = self.clone();
        runtime.spawn(async move {
            let result = source.refresh().await;
            // No receiver means that every waiting call was dropped.
            let _ = sender.send(Some(result));
        });
        Ok(Step::Start(receiver))
    }

    /// Requests a token and keeps it.
    async fn refresh(&self) -> Result<Credentials, RefreshError> {
        let started = Instant::now();
        let token = (self.refresh)().await;
        let mut state = lock(&self.state);
        state.pending = None;
        let Token { credentials, lifetime } = token.map_err(|error| RefreshError(error.into()))?;
        let use_for = lifetime.map(|lifetime| lifetime.saturating_sub(self.expiry_margin.min(lifetime / 2)));
        let end = use_for.and_then(|use_for| started.checked_add(use_for));
        state.current = Some(Current { credentials: credentials.clone(), end });
        Ok(credentials)
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl CredentialsSource for TokenSource {
    async fn credentials(&self, refused: Option<&Credentials>) -> Result<Credentials, BoxError> {
        loop {
            let (mut pending, is_own) = match self.next_step(refused)? {
                Step::Ready(credentials) => return Ok(credentials),
                Step::Join(pending) => (pending, false),
                Step::Start(pending) => (pending, true),
            };
            let result = pending.wait_for(Option::is_some).await.ok().and_then(|result| result.clone());
            match result {
                Some(result) => return result.map_err(Into::into),
                None if is_own => return Err("the refresh of the token ended without a result".into()),
                // The runtime of the other call has ended.
                None => {}
            }
        }
    }
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSource").field("expiry_margin", &self.expiry_margin).finish_non_exhaustive()
    }
}

/// The error of a refresh, for all calls that waited for it.
#[derive(Debug, Clone)]
struct RefreshError(Arc<dyn Error + Send + Sync>);

impl fmt::Display for RefreshError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no token was issued")
    }
}

impl Error for RefreshError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.0.as_ref())
    }
}
