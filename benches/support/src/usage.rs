//! What a child process and those it waited for took: `wait4`'s view, which no other process disturbs.

use crate::Result;
use std::{process::Command, time::Duration};
use wait4::Wait4 as _;

#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// Processor time, user and system, of all cores.
    pub cpu: Duration,
    /// The most memory one of the processes held, in bytes.
    pub peak: u64,
}

/// Runs a command to its end.
///
/// # Errors
///
/// If it cannot be run, or fails.
pub fn of(command: &mut Command) -> Result<Usage> {
    let done = command.spawn()?.wait4()?;
    if !done.status.success() {
        return Err(format!("{command:?} failed: {}", done.status).into());
    }
    Ok(Usage { cpu: done.rusage.utime + done.rusage.stime, peak: done.rusage.maxrss })
}
