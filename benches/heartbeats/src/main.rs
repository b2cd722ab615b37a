//! Table 3: what dropping heartbeats costs a body that has none, how fast they are skipped, and decoding what comes after.
//!
//! `cargo run --release -p heartbeats`, or with `--smoke` for one iteration.

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
