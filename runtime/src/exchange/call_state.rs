//! The state of one call.

use crate::{
    CallId, Error,
    credentials::{Credentials, CredentialsSetting},
    error::{BoxError, Cause, ExchangeReport},
    operation::Metadata,
    settings::Settings,
};
use http::StatusCode;
use std::{error::Error as StdError, iter, sync::Arc};
use tokio::time::Instant;

/// One call: what it sends, its settings, its deadline, and what its attempts have shown so far.
pub(crate) struct CallState {
    pub(crate) id: CallId,
    pub(crate) metadata: &'static Metadata,
    /// Whether the response type has a value for a response with this status and without a body.
    pub(crate) accepts_empty: fn(StatusCode) -> bool,
    pub(crate) settings: Arc<Settings>,
    pub(crate) started: Instant,
    pub(crate) deadline: Option<Instant>,
    /// The number of attempts that have started.
    pub(crate) attempts: u32,
    /// Whether an earlier attempt may have changed something on the server, although the call does not know.
    pub(crate) earlier_outcome_unknown: bool,
    /// The credentials of the current attempt.
    pub(crate) credentials: Option<Credentials>,
}

impl CallState {
    /// Starts the call: the deadline counts from now.
    pub(crate) fn start(
        metadata: &'static Metadata,
        accepts_empty: fn(StatusCode) -> bool,
        settings: Arc<Settings>,
    ) -> Self {
        let started = Instant::now();
        let deadline = settings.timeout.and_then(|timeout| started.checked_add(timeout));
        let credentials = match &settings.credentials {
            CredentialsSetting::Fixed(credentials) => Some(credentials.clone()),
            CredentialsSetting::Source(_) => None,
        };
        Self {
            id: CallId::next(),
            metadata,
            accepts_empty,
            settings,
            started,
            deadline,
            attempts: 0,
            earlier_outcome_unknown: false,
            credentials,
        }
    }

    /// An error of this call. `report` says how far its exchange came; the call adds what it knows.
    pub(crate) fn error(&self, cause: Cause, report: ExchangeReport) -> Error {
        let report = ExchangeReport {
            attempts: self.attempts,
            elapsed: self.started.elapsed(),
            earlier_outcome_unknown: self.earlier_outcome_unknown,
            ..report
        };
        Error::failure(self.metadata, self.redacted(cause), report)
    }

    /// The cause without the credentials. A server may repeat a key in its message, and a transport may name the URL, which
    /// has the key if it is in the query.
    fn redacted(&self, cause: Cause) -> Cause {
        let Some(credentials) = &self.credentials else { return cause };
        let redact = |error: BoxError| match credentials.redact(&error_text(error.as_ref())) {
            Some(text) => text.into(),
            None => error,
        };
        match cause {
            Cause::Api(mut api) => {
                api.replace_message(|message| credentials.redact(message));
                Cause::Api(api)
            }
            Cause::Connect(error) => Cause::Connect(redact(error)),
            Cause::Transport(error) => Cause::Transport(redact(error)),
            Cause::Truncated { received, expected, source } => {
                Cause::Truncated { received, expected, source: source.map(redact) }
            }
            Cause::Decode { path, source } => Cause::Decode { path, source: redact(source) },
            other => other,
        }
    }
}

/// The texts of an error and its sources. The last one is the reason, which messages show.
fn error_text(error: &(dyn StdError + 'static)) -> String {
    let chain = iter::successors(Some(error), |&error| error.source());
    chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
