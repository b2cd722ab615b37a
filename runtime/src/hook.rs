//! Hooks: what a client reports about each call, for metrics and logs.
//!
//! [`ClientBuilder::hook`](crate::ClientBuilder::hook) adds a [`Hook`] to a client. A hook observes. To change a request, to wait or
//! to answer, use a [layer](crate::transport#layers).
//!
//! ```
//! use stackone::{Client, hook::{CallInfo, Hook, Outcome}};
//!
//! struct Log;
//!
//! impl Hook for Log {
//!     fn call_ended(&self, call: &CallInfo<'_>, outcome: &Outcome<'_>) {
//!         let operation = call.metadata().id();
//!         println!("{operation}: {:?} after {:?}", outcome.error_type(), outcome.elapsed());
//!     }
//! }
//! let builder = Client::builder().hook(Log);
//! ```
//!
//! # The order of the methods
//!
//! In a call with one retry:
//!
//! 1. `call_started`
//! 2. `attempt_started` with 1, then `attempt_ended` with 1 and the error of the attempt
//! 3. `attempt_started` with 2, then `attempt_ended` with 2
//! 4. `call_ended`, with the error that the caller gets, or without one
//!
//! A call whose request cannot be built has no attempts. An attempt and a call that the caller drops end too:
//! [`Outcome::is_dropped`]. Each `.._started` has one `.._ended`, so that a gauge of running calls returns to zero. A call ends
//! when its value is decoded. The call of a download ends with the headers of the response.
//!
//! # Tracing
//!
//! With the feature `tracing` the client has spans of the crate `tracing`, with the target `stackone` and the level `INFO`: `call` for
//! each call, and in it `attempt` for each attempt. The names of their fields are those of OpenTelemetry's semantic conventions
//! for HTTP, and `otel.name`, `otel.kind` and `otel.status_code` of `tracing-opentelemetry`:
//!
//! | field | value |
//! | --- | --- |
//! | `http.request.method`, `url.template`, `stackone.operation.id` | of the operation |
//! | `server.address`, `server.port` | of the base URL |
//! | `http.request.resend_count` | of an attempt after the first: 1 for the second |
//! | `http.response.status_code` | the status line of the response |
//! | `error.type` | [`Outcome::error_type`] |
//! | `stackone.request.id`, `stackone.heartbeats` | of the response |
//! | `stackone.attempts` | of a call |
//!
//! The span of an attempt is entered while the layers, the transport and the response are polled, so that their spans and events
//! are its children. An event with the level `DEBUG` reports each wait before a retry. There is no event for a heartbeat. No
//! field contains a header of the request, a body, the message of an error, or `url.full`, in which ids and keys may be.

mod call_info;
mod observer;
mod outcome;
mod span;

pub use call_info::CallInfo;
pub(crate) use observer::{AttemptObserver, CallObserver};
pub use outcome::Outcome;
pub(crate) use span::Span;

use std::sync::Arc;

/// Is called at the start and at the end of each call and of each attempt. Every method does nothing by default.
///
/// The methods run in the task of the call, so they must not block. They get no credentials and no request.
pub trait Hook: Send + Sync {
    /// A call starts, when it is awaited for the first time.
    fn call_started(&self, call: &CallInfo<'_>) {
        let _ = call;
    }

    /// An attempt starts. `number` is 1 for the first attempt of a call.
    fn attempt_started(&self, call: &CallInfo<'_>, number: u32) {
        let _ = (call, number);
    }

    /// An attempt has ended. Its response is complete, but it is not decoded yet.
    fn attempt_ended(&self, call: &CallInfo<'_>, number: u32, outcome: &Outcome<'_>) {
        let _ = (call, number, outcome);
    }

    /// A call has ended.
    fn call_ended(&self, call: &CallInfo<'_>, outcome: &Outcome<'_>) {
        let _ = (call, outcome);
    }
}

impl<H: Hook + ?Sized> Hook for Arc<H> {
    fn call_started(&self, call: &CallInfo<'_>) {
        H::call_started(self, call);
    }

    fn attempt_started(&self, call: &CallInfo<'_>, number: u32) {
        H::attempt_started(self, call, number);
    }

    fn attempt_ended(&self, call: &CallInfo<'_>, number: u32, outcome: &Outcome<'_>) {
        H::attempt_ended(self, call, number, outcome);
    }

    fn call_ended(&self, call: &CallInfo<'_>, outcome: &Outcome<'_>) {
        H::call_ended(self, call, outcome);
    }
}
