//! Output for a terminal.

use bytes::Bytes;
use http::Request;
use std::{
    error::Error,
    fmt,
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

/// Writes a line to stdout. An error only means that nobody reads it, as in `program | head -1`: the program goes on with its work.
pub fn write_line(line: fmt::Arguments<'_>) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// `println!` of the standard library, which panics if stdout is closed, in a form that does not.
#[macro_export]
macro_rules! println {
    ($($argument:tt)*) => { $crate::write_line(format_args!($($argument)*)) };
}

/// Prints a request. The client adds the host, the API key and the user agent later.
pub fn show(request: &Request<Bytes>) {
    println!("{} {}", request.method(), request.uri());
    for (name, value) in request.headers() {
        let value = if value.is_sensitive() { "(secret)".into() } else { String::from_utf8_lossy(value.as_bytes()) };
        println!("{name}: {value}");
    }
    println!("\n{}", String::from_utf8_lossy(request.body()));
}

/// Writes the number of heartbeats over the previous line. Nothing is written to a file or a pipe.
pub fn heartbeat(count: u64) {
    let mut stdout = io::stdout();
    if !stdout.is_terminal() {
        return;
    }
    let beats = usize::try_from(count).unwrap_or(usize::MAX).min(60);
    // An error only affects the progress line.
    let _ = write!(stdout, "\rworking {} {count}", "♥".repeat(beats)).and_then(|()| stdout.flush());
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
