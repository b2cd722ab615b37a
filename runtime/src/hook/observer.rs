//! Reports the start and the end of a call and of its attempts to the hooks of the client.

use super::{
    CallInfo,
    outcome::{End, Outcome},
    span::Span,
};
use crate::{CallId, Error, error::ExchangeReport, operation::Metadata, settings::Settings};
use std::{sync::Arc, time::Duration};
use tokio::time::Instant;

/// A call that has started. Dropping it ends the call as dropped.
pub(crate) struct CallObserver {
    pub(crate) id: CallId,
    pub(crate) metadata: &'static Metadata,
    pub(crate) settings: Arc<Settings>,
    pub(crate) started: Instant,
    /// The number of attempts that have started.
    attempts: u32,
    span: Span,
    has_ended: bool,
}

impl CallObserver {
    pub(crate) fn start(metadata: &'static Metadata, settings: Arc<Settings>) -> Self {
        let (id, started) = (CallId::next(), Instant::now());
        let info = CallInfo { id, metadata, base_url: &settings.base_url };
        let span = Span::call(&info);
        for hook in &settings.hooks {
            hook.call_started(&info);
        }
        Self { id, metadata, settings, started, attempts: 0, span, has_ended: false }
    }

    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    /// Reports the wait before the next attempt.
    pub(crate) fn waits(&self, wait: Duration) {
        self.span.retry(wait);
    }

    fn info(&self) -> CallInfo<'_> {
        CallInfo { id: self.id, metadata: self.metadata, base_url: &self.settings.base_url }
    }

    /// Starts an attempt. `number` is 1 for the first.
    pub(crate) fn start_attempt(&mut self, number: u32) -> AttemptObserver<'_> {
        self.attempts = number;
        for hook in &self.settings.hooks {
            hook.attempt_started(&self.info(), number);
        }
        let span = Span::attempt(&self.info(), number);
        AttemptObserver { call: self, started: Instant::now(), span, has_ended: false }
    }

    pub(crate) fn succeeded(mut self, report: &ExchangeReport) {
        self.end(End::Success(report));
    }

    pub(crate) fn failed(mut self, error: &Error) {
        self.end(End::Failure(error));
    }

    fn end(&mut self, end: End<'_>) {
        self.has_ended = true;
        if self.settings.hooks.is_empty() && self.span.is_disabled() {
            return;
        }
        let outcome = Outcome { end, attempts: self.attempts, elapsed: self.started.elapsed() };
        self.span.end(&outcome);
        for hook in &self.settings.hooks {
            hook.call_ended(&self.info(), &outcome);
        }
    }
}

impl Drop for CallObserver {
    fn drop(&mut self) {
        if !self.has_ended {
            self.end(End::Dropped);
        }
    }
}

/// An attempt that has started. Dropping it ends the attempt as dropped.
pub(crate) struct AttemptObserver<'a> {
    call: &'a CallObserver,
    pub(crate) started: Instant,
    span: Span,
    has_ended: bool,
}

impl AttemptObserver<'_> {
    pub(crate) fn span(&self) -> Span {
        self.span.clone()
    }

    pub(crate) fn succeeded(mut self, report: &ExchangeReport) {
        self.end(End::Success(report));
    }

    pub(crate) fn failed(mut self, error: &Error) {
        self.end(End::Failure(error));
    }

    fn end(&mut self, end: End<'_>) {
        self.has_ended = true;
        let call = self.call;
        if call.settings.hooks.is_empty() && self.span.is_disabled() {
            return;
        }
        let outcome = Outcome { end, attempts: call.attempts, elapsed: self.started.elapsed() };
        self.span.end(&outcome);
        for hook in &call.settings.hooks {
            hook.attempt_ended(&call.info(), call.attempts, &outcome);
        }
    }
}

impl Drop for AttemptObserver<'_> {
    fn drop(&mut self) {
        if !self.has_ended {
            self.end(End::Dropped);
        }
    }
}
