//! The settings that a client and a call have in common.

/// Defines the setters for a type that has `fn settings_mut(&mut self) -> &mut Settings` and
/// `fn reject(&mut self, message: String)`.
macro_rules! shared_settings {
    () => {
        /// The time limit of a whole call, with its retries and the waits between them. `None` means no limit.
        /// Default: 10 minutes; for a call, the limit of its client.
        ///
        /// The time in which the caller reads the body of a download does not count.
        pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
            self.settings_mut().timeout = timeout.into();
            self
        }

        /// The time limit for a connection, and then, once the request has been sent, for the headers of the response. The
        /// time in which the request body is sent does not count: see [`idle_timeout`](Self::idle_timeout). A transport of
        /// your own does not say when it has sent the body, so that this time counts there. `None` means no limit. Default:
        /// 75 seconds, because StackOne answers 408 after 60; for a call, the limit of its client.
        pub fn header_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
            self.settings_mut().header_timeout = timeout.into();
            self
        }

        /// The longest time in which the server takes no byte of the request body, or no byte of the response body arrives.
        /// A heartbeat counts as a byte. `None` means no limit. Default: 75 seconds; for a call, the limit of its client.
        pub fn idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
            self.settings_mut().idle_timeout = timeout.into();
            self
        }

        /// The retry policy. Default: [`Retry::default()`](crate::retry::Retry); for a call, the policy of its client.
        pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
            self.settings_mut().retry = Arc::new(policy);
            self
        }

        /// When the request asks for heartbeats. Default: if the operation's own `prefer` header does; for a call, the
        /// setting of its client.
        pub fn heartbeats(mut self, heartbeats: Heartbeats) -> Self {
            self.settings_mut().heartbeats = heartbeats;
            self
        }

        /// The longest response body in bytes, without heartbeats. A longer one is an error of the kind
        /// [`BodyTooLarge`](crate::ErrorKind::BodyTooLarge). Downloads have no limit. Default: 32 MiB; for a call, the
        /// limit of its client.
        pub fn max_body(mut self, bytes: u64) -> Self {
            self.settings_mut().max_body = bytes;
            self
        }

        /// How the API reports errors. Default: [`ErrorFormat::stackone()`](crate::ErrorFormat::stackone); for a call, the
        /// format of its client.
        pub fn error_format(mut self, format: ErrorFormat) -> Self {
            if let Some(message) = format.invalid() {
                self.reject(format!("setting `error_format`: {message}"));
            }
            self.settings_mut().error_format = format;
            self
        }

        /// The source of the credentials: [`Credentials`](crate::credentials::Credentials) that never change, a
        /// [`TokenSource`](crate::credentials::TokenSource) for tokens that expire, or your own. Default: no credentials; for
        /// a call, the source of its client.
        ///
        /// An operation that is declared with `no_credentials` is sent without them. A request that already has the header,
        /// the query parameter or the cookie keeps its own. Invalid credentials are an error of the kind
        /// [`Config`](crate::ErrorKind::Config) when the client is built or the call is awaited.
        pub fn credentials(mut self, source: impl CredentialsSource + 'static) -> Self {
            self.settings_mut().credentials = CredentialsSetting::new(source);
            self
        }

        /// The URL of the API: `https://` or `http://`, a host, and a path prefix. It has no query, fragment, user name or
        /// password. Default: `https://api.stackone.com`; for a call, the URL of its client. An invalid URL is an error of
        /// the kind [`Config`](crate::ErrorKind::Config) when the client is built or the call is awaited.
        pub fn base_url(mut self, url: impl AsRef<str>) -> Self {
            match BaseUrl::parse(url.as_ref()) {
                Ok(base_url) => self.settings_mut().base_url = base_url,
                Err(message) => self.reject(format!("setting `base_url`: {message}")),
            }
            self
        }
    };
}

pub(super) use shared_settings;
