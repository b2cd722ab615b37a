//! Table 3: the cost of the heartbeat filter for a body without heartbeats, the speed of skipping heartbeats, and decoding the
//! JSON after them.
//!
//! `cargo run --release -p heartbeats`. The option `--smoke` runs one iteration.

mod decoding;
mod passing;
mod pull;
mod skipping;
mod source;

use bench_support::{Mode, Result};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [command, index] = &arguments[..]
        && command == "count"
    {
        passing::count(index.parse()?);
        return Ok(());
    }
    let mode = Mode::from_args();
    println!("\na chunk of 16 KiB passed on\n\n{}", passing::table(mode)?);
    println!("\nbeats skipped, in chunks of 64 KiB\n\n{}", skipping::table(mode));
    println!("\nan answer after three beats, decoded\n\n{}", decoding::table(mode)?);
    Ok(())
}
