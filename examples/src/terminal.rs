//! Output for a terminal.

use bytes::Bytes;
use http::Request;
use std::{
    error::Error,
    io::{self, Write},
    process::ExitCode,
};

/// Prints a request. The client adds the host, the API key and the user agent later.
pub fn show(request: &Request<Bytes>) {
    println!("{} {}", request.method(), request.uri());
    for (name, value) in request.headers() {
        let value = if value.is_sensitive() { "(secret)".into() } else { String::from_utf8_lossy(value.as_bytes()) };
        println!("{name}: {value}");
    }
    println!("\n{}", String::from_utf8_lossy(request.body()));
}

/// Writes the number of heartbeats over the previous line.
pub fn heartbeat(count: u64) {
    let beats = usize::try_from(count).unwrap_or(usize::MAX).min(60);
    print!("\rworking {} {count}", "♥".repeat(beats));
    // An error only affects the progress line.
    let _ = io::stdout().flush();
}

/// Prints an error with its sources. Returns the exit code of the program.
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
