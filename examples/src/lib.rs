//! Code that the examples and the tests share: a server that stands in for StackOne's API, a client for it or for
//! the API, servers that stand in for other APIs, and output for a terminal.

mod arguments;
mod connection;
mod other_api;
mod stand_in;
mod terminal;

pub use arguments::{arguments, no_arguments};
pub use connection::{Connection, Server};
pub use other_api::{OtherApi, OtherServer};
pub use stand_in::{Options, Received, StandIn};
pub use terminal::{exit, heartbeat, show, write_line};
