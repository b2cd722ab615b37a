//! The processor time and memory of a child process and its own children, from `wait4`. Other processes do not count.

use crate::Result;
use std::{process::Command, time::Duration};
use wait4::Wait4 as _;

#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// Processor time on all cores, user and system.
    pub cpu: Duration,
    /// The peak memory of the largest process, in bytes.
    pub peak: u64,
}

/// Runs a command to its end.
///
/// # Errors
///
/// The command cannot be started, or it fails.
pub fn of(command: &mut Command) -> Result<Usage> {
    let done = command.spawn()?.wait4()?;
    if !done.status.success() {
        return Err(format!("{command:?} failed: {}", done.status).into());
    }
    Ok(Usage { cpu: done.rusage.utime + done.rusage.stime, peak: done.rusage.maxrss })
}
