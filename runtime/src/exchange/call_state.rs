//! The state of one call.

use crate::{
    Error,
    error::{Cause, ExchangeReport},
    operation::Metadata,
    settings::Settings,
};
use std::sync::Arc;
use tokio::time::Instant;

/// One call: what it sends, its settings, its deadline, and what its attempts have shown so far.
pub(crate) struct CallState {
    pub(crate) metadata: &'static Metadata,
    /// Whether the response type has a value for a response without a body.
    pub(crate) accepts_empty: fn() -> bool,
    pub(crate) settings: Arc<Settings>,
    pub(crate) started: Instant,
    pub(crate) deadline: Option<Instant>,
    /// The number of attempts that have started.
    pub(crate) attempts: u32,
    /// Whether an earlier attempt may have changed something on the server, although the call does not know.
    pub(crate) earlier_outcome_unknown: bool,
}

impl CallState {
    /// Starts the call: the deadline counts from now.
    pub(crate) fn start(metadata: &'static Metadata, accepts_empty: fn() -> bool, settings: Arc<Settings>) -> Self {
        let started = Instant::now();
        let deadline = settings.timeout.and_then(|timeout| started.checked_add(timeout));
        Self { metadata, accepts_empty, settings, started, deadline, attempts: 0, earlier_outcome_unknown: false }
    }

    /// An error of this call. `report` says how far its exchange came; the call adds what it knows.
    pub(crate) fn error(&self, cause: Cause, report: ExchangeReport) -> Error {
        let report = ExchangeReport {
            attempts: self.attempts,
            elapsed: self.started.elapsed(),
            earlier_outcome_unknown: self.earlier_outcome_unknown,
            ..report
        };
        Error::failure(self.metadata, cause, report)
    }
}
