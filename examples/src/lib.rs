//! What the examples and the tests share: a StackOne stand-in on a loopback port, and what a terminal shows.

mod stand_in;
mod terminal;

pub use stand_in::{Options, Received, StandIn};
pub use terminal::{exit, heartbeat, show};
