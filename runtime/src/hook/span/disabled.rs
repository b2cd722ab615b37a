//! Spans that do nothing.

use super::super::{CallInfo, Outcome};
use std::time::Duration;

#[derive(Clone)]
pub(crate) struct Span;

#[expect(clippy::unused_self, reason = "has the methods of the spans of the feature `tracing`")]
impl Span {
    pub(in crate::hook) fn call(_: &CallInfo<'_>) -> Self {
        Self
    }

    pub(in crate::hook) fn attempt(_: &CallInfo<'_>, _: u32) -> Self {
        Self
    }

    pub(crate) fn current() -> Self {
        Self
    }

    pub(in crate::hook) fn is_disabled(&self) -> bool {
        true
    }

    pub(in crate::hook) fn end(&self, _: &Outcome<'_>) {}

    pub(in crate::hook) fn retry(&self, _: Duration) {}

    pub(crate) fn instrument<F: Future>(&self, future: F) -> F {
        future
    }
}
