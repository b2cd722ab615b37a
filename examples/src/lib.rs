//! What the examples and the tests share: a StackOne stand-in on a loopback port.

mod stand_in;

pub use stand_in::{Options, Received, StandIn};
