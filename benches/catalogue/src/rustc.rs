//! This program as cargo's `RUSTC_WORKSPACE_WRAPPER`. Cargo calls it instead of rustc for the measured crate, but not for its
//! dependencies. It runs rustc and writes the measurement to a log, so that cargo itself does not count.

use bench_support::{
    Result,
    usage::{self, Usage},
};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::Duration,
};

const LOG: &str = "STACKONE_BENCH_LOG";

pub(crate) fn log_of_this_process() -> Option<PathBuf> {
    env::var_os(LOG).map(PathBuf::from)
}

/// Runs cargo, which compiles one crate, and returns the usage of rustc.
pub(crate) fn watch(cargo: &mut Command, log: &Path) -> Result<Usage> {
    fs::write(log, "")?;
    usage::of(cargo.env("RUSTC_WORKSPACE_WRAPPER", env::current_exe()?).env(LOG, log))?;
    let line = fs::read_to_string(log)?;
    let (cpu, peak) = line.split_once(' ').ok_or_else(|| format!("{cargo:?} compiled nothing"))?;
    Ok(Usage { cpu: Duration::from_micros(cpu.parse()?), peak: peak.parse()? })
}

/// Runs rustc and writes the log.
pub(crate) fn run(log: &Path) -> Result<ExitCode> {
    let mut arguments = env::args_os().skip(1);
    let rustc = arguments.next().ok_or("cargo names rustc first")?;
    let arguments: Vec<_> = arguments.collect();
    let done = usage::of(Command::new(rustc).args(&arguments))?;
    // Cargo also runs rustc to query its version and its configuration.
    if arguments.iter().any(|argument| argument == "--crate-name") {
        fs::write(log, format!("{} {}", done.cpu.as_micros(), done.peak))?;
    }
    Ok(ExitCode::SUCCESS)
}
