//! The stack a request goes through, from the outside in.

use super::{address::AddressLayer, service::Attempt};
use crate::retry::RetryLayer;
use tower_layer::Layer;

type Layers = (RetryLayer, AddressLayer);

type Stack = <Layers as Layer<Attempt>>::Service;

/// An operation's request goes in, a collected answer comes out: [`receive`](super::receive::receive) is what an attempt
/// ends with.
///
/// Retries are outside the body, so that an answer cut short can be asked for again, and outside what changes the request,
/// so that only the operation's own is kept for a retry. What changes it depends on the call alone: every attempt sends
/// the same bytes.
///
/// The deadline of a call is no layer, as each wait has a timer that can go by it: see `receive/deadline.rs`.
///
/// It holds nothing, and is made for each call: what its layers need of the client is in the context of the call.
pub(super) fn stack() -> Stack {
    let layers: Layers = (RetryLayer, AddressLayer);
    layers.layer(Attempt)
}
