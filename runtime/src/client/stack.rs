//! The stack a request goes through, from the outside in.

use super::{address::AddressLayer, deadline::DeadlineLayer, defaults::DefaultsLayer, service::Transport};
use crate::retry::RetryLayer;
use tower_layer::Layer;

type Layers = (DeadlineLayer, AddressLayer, RetryLayer, DefaultsLayer);

pub(super) type Stack = <Layers as Layer<Transport>>::Service;

/// An operation's request goes in, a collected answer comes out: [`receive`](super::receive::receive) is what an attempt
/// ends with.
///
/// Retries are inside the address, which can be wrong but not for a while. They are outside what all requests have in common, so
/// that only what is a call's own is kept for a retry; and outside the body, so that an answer cut short can be asked for
/// again.
pub(super) fn stack(transport: Transport) -> Stack {
    let layers: Layers = (DeadlineLayer, AddressLayer, RetryLayer, DefaultsLayer);
    layers.layer(transport)
}
