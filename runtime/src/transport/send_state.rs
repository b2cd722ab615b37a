//! Who has the request of an attempt: the layers, the transport, or a connection.

use http::Extensions;
use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering::SeqCst},
};

/// The request is in the layers. No transport has it.
const IN_LAYERS: u8 = 0;
/// The transport has the request. No connection has it.
const HELD: u8 = 1;
/// A connection has the request, or the transport does not tell.
const GIVEN: u8 = 2;
/// As `GIVEN`, for good: a layer sent the request more than once, or replaced it.
const UNKNOWN: u8 = 3;
/// The attempt has ended before a connection got the request. It must not be sent.
const ABANDONED: u8 = 4;

/// Whether the request of an attempt may have been sent. It is one of the extensions of the request. A transport that does
/// not know it has given each request away.
///
/// A layer may hold a request in a queue of another task. Hence one atomic operation decides whether the attempt or the
/// connection comes first, and a request of an abandoned attempt is not sent.
#[derive(Debug, Clone)]
pub(crate) struct SendState(Arc<AtomicU8>);

impl Default for SendState {
    fn default() -> Self {
        Self(Arc::new(AtomicU8::new(GIVEN)))
    }
}

impl SendState {
    /// The state of a request that goes to a transport directly.
    pub(super) fn without_layers(extensions: &mut Extensions) -> Self {
        let state = Self::default();
        extensions.insert(state.clone());
        state
    }

    /// The state of a request that goes through layers first. [`SendState::enter_transport`] ends that.
    pub(super) fn in_layers(extensions: &mut Extensions) -> Self {
        let state = Self(Arc::new(AtomicU8::new(IN_LAYERS)));
        extensions.insert(LayerToken(Arc::new(DropGuard(state.clone()))));
        state
    }

    /// Tells the state that the layers have handed the request to the transport. `false` if the attempt has ended.
    pub(super) fn enter_transport(extensions: &mut Extensions) -> bool {
        // A request of a layer's own has no token, or belongs to a layer that copied the extensions.
        let Some(LayerToken(token)) = extensions.remove() else { return true };
        let state = &token.0;
        match state.change(|now| match now {
            ABANDONED => None,
            IN_LAYERS => Some(GIVEN),
            _ => Some(UNKNOWN),
        }) {
            Err(_) => return false,
            Ok(IN_LAYERS) => {
                extensions.insert(state.clone());
            }
            // The state says nothing about a second request.
            Ok(_) => {}
        }
        true
    }

    /// Ends the attempt. Whether the request was not sent and will not be sent.
    pub(crate) fn abandon(&self) -> bool {
        self.change(|now| matches!(now, IN_LAYERS | HELD).then_some(ABANDONED)).is_ok()
    }

    /// The transport has the request back, or waits for a connection.
    #[cfg(feature = "transport")]
    pub(super) fn hold(&self) {
        // An error means that the state stays as it is.
        let _ = self.change(|now| (now == GIVEN).then_some(HELD));
    }

    /// A connection gets the request. `false` if the attempt has ended, so that the request must not be sent.
    #[cfg(feature = "transport")]
    pub(super) fn give(&self) -> bool {
        match self.change(|now| (now == HELD).then_some(GIVEN)) {
            Ok(_) => true,
            Err(now) => now != ABANDONED,
        }
    }

    fn change(&self, next: impl Fn(u8) -> Option<u8>) -> Result<u8, u8> {
        self.0.fetch_update(SeqCst, SeqCst, next)
    }
}

/// The extension of a request that is in the layers.
#[derive(Clone)]
struct LayerToken(Arc<DropGuard>);

/// A layer that removes the extensions may still send the request. The state is then unknown.
struct DropGuard(SendState);

impl Drop for DropGuard {
    fn drop(&mut self) {
        // An error means that the request has reached the transport, or that the attempt has ended.
        let _ = self.0.change(|now| (now == IN_LAYERS).then_some(UNKNOWN));
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
