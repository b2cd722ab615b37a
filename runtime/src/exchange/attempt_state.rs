//! The state of one attempt.

use super::{call_state::CallState, wait::TimeLimit};
use crate::{Attempt, TimeoutKind, error::Cause};
use http::Extensions;
use std::time::Duration;
use tokio::time::Instant;

/// One attempt of a call.
pub(super) struct AttemptState<'a> {
    pub(super) call: &'a CallState,
    pub(super) started: Instant,
}

impl<'a> AttemptState<'a> {
    pub(super) fn start(call: &'a CallState) -> Self {
        Self { call, started: Instant::now() }
    }

    /// The deadline of the call.
    pub(super) fn deadline(&self) -> TimeLimit {
        self.call.deadline.map(|deadline| (deadline, TimeoutKind::Overall))
    }

    /// Tells layers and transports which attempt of which operation this is.
    pub(super) fn describe(&self, extensions: &mut Extensions) {
        extensions.insert(self.call.metadata);
        extensions.insert(Attempt { call_id: self.call.id, number: self.call.attempts });
    }

    /// The cause of a timeout, with its limit.
    pub(super) fn timeout(&self, kind: TimeoutKind) -> Cause {
        let limit = match kind {
            TimeoutKind::Header => self.call.settings.header_timeout,
            TimeoutKind::Idle => self.call.settings.idle_timeout,
            TimeoutKind::Overall => self.call.settings.timeout,
        };
        Cause::Timeout { kind, limit: limit.unwrap_or(Duration::ZERO) }
    }
}
