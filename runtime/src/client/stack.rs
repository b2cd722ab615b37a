//! The stack a request goes through, from the outside in.

use super::{address::AddressLayer, deadline::DeadlineLayer, service::Transport};
use crate::retry::{RetryBudget, RetryLayer};
use tower_layer::Layer;

type Layers = (DeadlineLayer, AddressLayer, RetryLayer);

pub(super) type Stack = <Layers as Layer<Transport>>::Service;

/// An operation's request goes in, a collected answer comes out: [`receive`](super::receive::receive) is what an attempt
/// ends with.
///
/// Retries are inside the address, so that every attempt sends the same bytes, and outside the body, so that an answer
/// cut short can be asked for again.
pub(super) fn stack(address: AddressLayer, budget: RetryBudget, transport: Transport) -> Stack {
    let layers: Layers = (DeadlineLayer, address, RetryLayer::new(budget));
    layers.layer(transport)
}
