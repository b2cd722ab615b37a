//! What the tables share: how things are counted and timed, and how a table is printed.

pub mod callgrind;
pub mod mode;
pub mod table;
pub mod time;
pub mod usage;

pub use mode::Mode;
pub use table::Table;

/// The boxed error of a program that stops at the first thing that goes wrong.
pub type Result<T, E = Box<dyn std::error::Error + Send + Sync>> = std::result::Result<T, E>;
