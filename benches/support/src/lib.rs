//! Code that the tables share: counting, timing and printing.

pub mod callgrind;
pub mod mode;
pub mod table;
pub mod time;
pub mod usage;

pub use mode::Mode;
pub use table::Table;

/// A result with a boxed error. A benchmark stops at its first error.
pub type Result<T, E = Box<dyn std::error::Error + Send + Sync>> = std::result::Result<T, E>;
