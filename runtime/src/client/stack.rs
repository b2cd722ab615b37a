//! The stack a request goes through, from the outside in.

use super::{address::AddressLayer, service::Transport};
use crate::retry::RetryLayer;
use tower_layer::Layer;

type Layers = (RetryLayer, AddressLayer);

pub(super) type Stack = <Layers as Layer<Transport>>::Service;

/// An operation's request goes in, a collected answer comes out: [`receive`](super::receive::receive) is what an attempt
/// ends with.
///
/// Retries are outside the body, so that an answer cut short can be asked for again, and outside what changes the request,
/// so that only the operation's own is kept for a retry. What changes it depends on the call alone: every attempt sends
/// the same bytes.
///
/// The deadline of a call is no layer: each wait has one timer, and a second one around all of them took 900 instructions of
/// a call. So the head and the body of an answer are awaited up to the deadline, and a retry only if it can begin before.
pub(super) fn stack(transport: Transport) -> Stack {
    let layers: Layers = (RetryLayer, AddressLayer);
    layers.layer(transport)
}
