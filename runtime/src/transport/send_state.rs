//! How far an attempt came with its request: it is in the layers, in the transport, or on a connection.

use http::Extensions;
use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::Waker,
};
use tokio::time::Instant;

/// The state of the request of an attempt. It is one of the extensions of the request. A transport that does not know it has
/// given each request away.
///
/// A layer may hold a request in a queue of another task. Hence one lock decides whether the end of the attempt or the
/// connection comes first, and a request of an abandoned attempt is not sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct SendState(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    progress: SendProgress,
    /// The task that waits for the response.
    waiting: Option<Waker>,
}

/// How much of a request was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(not(feature = "transport"), expect(dead_code, reason = "only the default transport reports more"))]
pub(crate) enum SendProgress {
    /// The layers have the request.
    InLayers,
    /// The transport has the request. No connection has it.
    Held,
    /// The transport has given the request away, or does not report.
    #[default]
    Given,
    /// A connection has a part of the request, and took the last bytes at this time.
    Sending(Instant),
    /// A connection has had the whole request since this time.
    Sent(Instant),
    /// As `Given`, for good: a layer sent the request more than once, or replaced it.
    Unknown,
    /// The attempt has ended before a connection got the request. It must not be sent.
    Abandoned,
}

use SendProgress::{Abandoned, Given, Held, InLayers, Sending, Unknown};

impl SendState {
    /// The state of a request that goes to a transport directly.
    pub(super) fn without_layers(extensions: &mut Extensions) -> Self {
        let state = Self::default();
        extensions.insert(state.clone());
        state
    }

    /// The state of a request that goes through layers first. [`SendState::enter_transport`] ends that.
    pub(super) fn in_layers(extensions: &mut Extensions) -> Self {
        let state = Self::default();
        state.lock().progress = InLayers;
        extensions.insert(LayerToken(Arc::new(DropGuard(state.clone()))));
        state
    }

    /// Tells the state that the layers have handed the request to the transport. `false` if the attempt has ended.
    pub(super) fn enter_transport(extensions: &mut Extensions) -> bool {
        // A request of a layer's own has no token, or belongs to a layer that copied the extensions.
        let Some(LayerToken(token)) = extensions.remove() else { return true };
        let state = &token.0;
        let mut locked = state.lock();
        match locked.progress {
            Abandoned => return false,
            InLayers => {
                locked.progress = Given;
                extensions.insert(state.clone());
            }
            // The state says nothing about a second request.
            _ => locked.progress = Unknown,
        }
        true
    }

    /// The progress. While the request is being sent, the task is woken when it has been sent.
    pub(crate) fn poll_progress(&self, waker: &Waker) -> SendProgress {
        let mut state = self.lock();
        if matches!(state.progress, Sending(_)) {
            state.waiting = Some(waker.clone());
        }
        state.progress
    }

    /// Ends the attempt. Whether the request was not sent and will not be sent.
    pub(crate) fn abandon(&self) -> bool {
        let mut state = self.lock();
        let is_unsent = matches!(state.progress, InLayers | Held);
        if is_unsent {
            state.progress = Abandoned;
        }
        is_unsent
    }

    /// The transport has the request back, or waits for a connection.
    #[cfg(feature = "transport")]
    pub(super) fn hold(&self) {
        let mut state = self.lock();
        if matches!(state.progress, Given | Sending(_) | SendProgress::Sent(_)) {
            state.progress = Held;
        }
    }

    /// A connection gets the request. `false` if the attempt has ended, so that the request must not be sent.
    #[cfg(feature = "transport")]
    pub(super) fn give(&self) -> bool {
        let mut state = self.lock();
        if state.progress == Held {
            state.progress = Sending(Instant::now());
        }
        state.progress != Abandoned
    }

    /// A connection has taken more of the request, or all of it.
    #[cfg(feature = "transport")]
    pub(super) fn advance(&self, is_complete: bool) {
        let mut state = self.lock();
        if !matches!(state.progress, Sending(_)) {
            return;
        }
        let now = Instant::now();
        if !is_complete {
            state.progress = Sending(now);
            return;
        }
        state.progress = SendProgress::Sent(now);
        let waiting = state.waiting.take();
        drop(state);
        if let Some(waker) = waiting {
            waker.wake();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The extension of a request that is in the layers.
#[derive(Clone)]
struct LayerToken(Arc<DropGuard>);

/// A layer that removes the extensions may still send the request. The state is then unknown.
struct DropGuard(SendState);

impl Drop for DropGuard {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        if state.progress == InLayers {
            state.progress = Unknown;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_in_a_queue_is_not_sent_once_its_attempt_has_ended() {
        let mut extensions = Extensions::new();
        let state = SendState::in_layers(&mut extensions);
        assert!(state.abandon());
        assert!(!SendState::enter_transport(&mut extensions));
    }

    #[test]
    fn a_request_at_the_transport_may_have_been_sent() {
        let mut extensions = Extensions::new();
        let state = SendState::in_layers(&mut extensions);
        assert!(SendState::enter_transport(&mut extensions));
        assert!(!state.abandon());
    }

    #[test]
    fn a_layer_that_removes_the_extensions_may_have_sent_the_request() {
        let mut extensions = Extensions::new();
        let state = SendState::in_layers(&mut extensions);
        extensions.clear();
        assert!(!state.abandon());
    }

    #[cfg(feature = "transport")]
    #[test]
    fn a_request_that_waits_for_a_connection_is_not_sent_once_its_attempt_has_ended() {
        let mut extensions = Extensions::new();
        let state = SendState::in_layers(&mut extensions);
        assert!(SendState::enter_transport(&mut extensions));
        let at_transport: SendState = extensions.remove().unwrap();
        at_transport.hold();
        assert!(state.abandon());
        assert!(!at_transport.give());
    }

    /// The first of two requests waits for a connection. The second has one.
    #[cfg(feature = "transport")]
    #[test]
    fn a_request_that_a_layer_sends_twice_may_have_been_sent() {
        let mut first = Extensions::new();
        let state = SendState::in_layers(&mut first);
        let mut second = first.clone();
        assert!(SendState::enter_transport(&mut first));
        let at_transport: SendState = first.remove().unwrap();
        at_transport.hold();
        assert!(SendState::enter_transport(&mut second));
        at_transport.hold();
        assert!(!state.abandon());
        assert!(at_transport.give());
    }
}
