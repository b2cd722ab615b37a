//! Spans of the crate `tracing`, with the names of OpenTelemetry's semantic conventions for HTTP.
//!
//! Numbers are `i64`, because `tracing-opentelemetry` exports other integers as strings.

use super::super::{CallInfo, Outcome};
use std::time::Duration;
use tracing::{Instrument, debug, field::Empty, info_span, instrument::Instrumented};

#[derive(Clone)]
pub(crate) struct Span(tracing::Span);

impl Span {
    /// `otel.name` and `otel.kind` are what `tracing-opentelemetry` reads as the name and the kind of a span.
    pub(in crate::hook) fn call(call: &CallInfo<'_>) -> Self {
        let metadata = call.metadata();
        Self(info_span!(
            target: "stackone",
            "call",
            otel.name = metadata.id(),
            otel.kind = "internal",
            otel.status_code = Empty,
            http.request.method = metadata.method().as_str(),
            url.template = metadata.path(),
            server.address = call.server_address(),
            server.port = i64::from(call.server_port()),
            http.response.status_code = Empty,
            error.type = Empty,
            stackone.operation.id = metadata.id(),
            stackone.request.id = Empty,
            stackone.heartbeats = Empty,
            stackone.attempts = Empty,
        ))
    }

    pub(in crate::hook) fn attempt(call: &CallInfo<'_>, number: u32) -> Self {
        let metadata = call.metadata();
        Self(info_span!(
            target: "stackone",
            "attempt",
            otel.name = %format_args!("{} {}", metadata.method(), metadata.path()),
            otel.kind = "client",
            otel.status_code = Empty,
            http.request.method = metadata.method().as_str(),
            url.template = metadata.path(),
            server.address = call.server_address(),
            server.port = i64::from(call.server_port()),
            // The conventions leave it out of the first attempt.
            http.request.resend_count = (number > 1).then(|| i64::from(number) - 1),
            http.response.status_code = Empty,
            error.type = Empty,
            stackone.operation.id = metadata.id(),
            stackone.request.id = Empty,
            stackone.heartbeats = Empty,
        ))
    }

    /// The span of the caller, for a task.
    pub(crate) fn current() -> Self {
        Self(tracing::Span::current())
    }

    /// Whether no subscriber wants the span.
    pub(in crate::hook) fn is_disabled(&self) -> bool {
        self.0.is_disabled()
    }

    pub(in crate::hook) fn end(&self, outcome: &Outcome<'_>) {
        let Self(span) = self;
        if let Some(status) = outcome.status() {
            span.record("http.response.status_code", i64::from(status.as_u16()));
        }
        if let Some(error_type) = outcome.error_type() {
            span.record("error.type", &*error_type);
            span.record("otel.status_code", "ERROR");
        }
        if let Some(request_id) = outcome.request_id() {
            span.record("stackone.request.id", request_id);
        }
        span.record("stackone.heartbeats", i64::try_from(outcome.heartbeats()).unwrap_or(i64::MAX));
        // A span of an attempt does not have this field.
        span.record("stackone.attempts", i64::from(outcome.attempts()));
    }

    /// The wait before the next attempt.
    pub(in crate::hook) fn retry(&self, wait: Duration) {
        debug!(target: "stackone", parent: &self.0, wait_ms = wait.as_secs_f64() * 1_000.0, "the call is retried");
    }

    pub(crate) fn instrument<F: Future>(&self, future: F) -> Instrumented<F> {
        future.instrument(self.0.clone())
    }
}
