//! Code that the examples and the tests share: a server that stands in for StackOne's API, and output for a terminal.

mod stand_in;
mod terminal;

pub use stand_in::{Options, Received, StandIn};
pub use terminal::{exit, heartbeat, show};
