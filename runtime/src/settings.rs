//! The settings of a client. A call starts with them and can override most.

use crate::{
    base_url::BaseUrl,
    credentials::CredentialsSetting,
    error_format::ErrorFormat,
    heartbeat::{Heartbeats, OnHeartbeat},
    hook::Hook,
    pause::Pause,
    prefer::PREFER,
    received::{MAX_BODY, MAX_ERROR_BODY, MAX_HEARTBEATS},
    retry::{Retry, RetryBudget, RetryPolicy},
};
use http::{HeaderMap, HeaderName, HeaderValue};
use std::{sync::Arc, time::Duration};

#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) base_url: BaseUrl,
    pub(crate) credentials: CredentialsSetting,
    pub(crate) timeout: Option<Duration>,
    pub(crate) header_timeout: Option<Duration>,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) error_format: ErrorFormat,
    pub(crate) retry: Arc<dyn RetryPolicy>,
    pub(crate) retry_budget: RetryBudget,
    /// The pause that the call shares with others.
    pub(crate) pause: Option<Pause>,
    pub(crate) heartbeats: Heartbeats,
    pub(crate) on_heartbeat: Option<OnHeartbeat>,
    pub(crate) max_heartbeats: u64,
    pub(crate) hooks: Vec<Arc<dyn Hook>>,
    pub(crate) max_body: u64,
    pub(crate) max_error_body: u64,
    /// Headers for each request that does not have them.
    pub(crate) default_headers: Arc<HeaderMap>,
    /// Headers that replace those of the request.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
}

impl Settings {
    /// Sets a header in place of that of the request. Of two with the same name the last counts; `prefer` is merged.
    pub(crate) fn set_header(&mut self, (name, value): (HeaderName, HeaderValue)) {
        if name != PREFER {
            self.headers.retain(|(present, _)| *present != name);
        }
        self.headers.push((name, value));
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            base_url: BaseUrl::default(),
            credentials: CredentialsSetting::default(),
            timeout: Some(Duration::from_secs(600)),
            // The API itself gives up after 60 seconds and answers 408.
            header_timeout: Some(Duration::from_secs(75)),
            idle_timeout: Some(Duration::from_secs(75)),
            error_format: ErrorFormat::default(),
            retry: Arc::new(Retry::default()),
            retry_budget: RetryBudget::default(),
            pause: None,
            heartbeats: Heartbeats::default(),
            on_heartbeat: None,
            max_heartbeats: MAX_HEARTBEATS,
            hooks: Vec::new(),
            max_body: MAX_BODY,
            max_error_body: MAX_ERROR_BODY,
            default_headers: Arc::default(),
            headers: Vec::new(),
        }
    }
}
