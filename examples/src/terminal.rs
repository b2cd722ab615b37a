//! What a terminal shows.

use bytes::Bytes;
use http::Request;
use std::{
    error::Error,
    io::{self, Write},
    process::ExitCode,
};

/// Prints a request as it will be sent, less what the client adds: the host, the key and the user agent.
pub fn show(request: &Request<Bytes>) {
    println!("{} {}", request.method(), request.uri());
    for (name, value) in request.headers() {
        let value = if value.is_sensitive() { "(secret)".into() } else { String::from_utf8_lossy(value.as_bytes()) };
        println!("{name}: {value}");
    }
    println!("\n{}", String::from_utf8_lossy(request.body()));
}

/// Writes the one line of progress anew.
pub fn heartbeat(count: u64) {
    let beats = usize::try_from(count).unwrap_or(usize::MAX).min(60);
    print!("\rworking {} {count}", "♥".repeat(beats));
    // A terminal that cannot be written to loses a line of progress and nothing else.
    let _ = io::stdout().flush();
}

/// Says what went wrong, with its causes, and how the program ends.
#[must_use]
pub fn exit(result: Result<(), Box<dyn Error>>) -> ExitCode {
    let Err(error) = result else { return ExitCode::SUCCESS };
    eprintln!("error: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  because: {error}");
        cause = error.source();
    }
    ExitCode::FAILURE
}
