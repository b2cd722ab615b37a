//! The stack a request goes through, from the outside in.

use super::{address::AddressLayer, deadline::DeadlineLayer, receive::ReceiveLayer, service::Transport};
use crate::retry::{RetryBudget, RetryLayer};
use tower::ServiceBuilder;

pub(super) type Stack = <DeadlineLayer as tower::Layer<
    <AddressLayer as tower::Layer<
        <RetryLayer as tower::Layer<<ReceiveLayer as tower::Layer<Transport>>::Service>>::Service,
    >>::Service,
>>::Service;

/// An operation's request goes in, a collected answer comes out.
///
/// Retries are inside the address, so that every attempt sends the same bytes, and outside the body, so that an answer
/// cut short can be asked for again.
pub(super) fn stack(address: AddressLayer, budget: RetryBudget, transport: Transport) -> Stack {
    ServiceBuilder::new()
        .layer(DeadlineLayer)
        .layer(address)
        .layer(RetryLayer::new(budget))
        .layer(ReceiveLayer)
        .service(transport)
}
