//! This program as cargo's `RUSTC_WORKSPACE_WRAPPER`. Cargo calls it instead of rustc for the measured crates, but not for their
//! dependencies. It runs rustc and appends the measurements to a log.

use bench_support::Result;
use std::{
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
    time::Duration,
};
use wait4::Wait4 as _;

const LOG: &str = "STACKONE_BENCH_LOG";
const LOOK: &str = "STACKONE_BENCH_LOOK";

/// The measurements. Each one beyond `Once` runs rustc once more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Time and memory.
    Once,
    /// Also the lines of the crate with its macros expanded.
    Expanded,
    /// Also the instructions that rustc executes.
    Closely,
}

/// One line of the log.
pub(crate) struct Compilation {
    pub(crate) cpu: Duration,
    pub(crate) peak: u64,
    /// Lines of the crate with its macros expanded.
    pub(crate) expanded: Option<u64>,
    /// The count of cachegrind. `None` if valgrind is not installed.
    pub(crate) instructions: Option<u64>,
}

pub(crate) fn log_of_this_process() -> Option<PathBuf> {
    env::var_os(LOG).map(PathBuf::from)
}

/// Makes cargo call this program, and reads its log. `None` if cargo had nothing to compile.
pub(crate) fn watch(cargo: &mut Command, root: &Path, look: Look) -> Result<Option<Compilation>> {
    let log = root.join("rustc.log");
    fs::write(&log, "")?;
    cargo.env("RUSTC_WORKSPACE_WRAPPER", env::current_exe()?).env(LOG, &log);
    match look {
        Look::Once => {}
        Look::Expanded => drop(cargo.env(LOOK, "expanded")),
        Look::Closely => drop(cargo.env(LOOK, "closely")),
    }
    let status = cargo.current_dir(root).status()?;
    if !status.success() {
        return Err(format!("{cargo:?}: {status}").into());
    }
    fs::read_to_string(&log)?.lines().last().map(read).transpose()
}

fn read(line: &str) -> Result<Compilation> {
    let mut numbers = line.split(' ').map(str::parse::<u64>);
    let mut next = || {
        numbers
            .next()
            .ok_or("a line of the log is too short")?
            .map_err(<Box<dyn std::error::Error + Send + Sync>>::from)
    };
    Ok(Compilation {
        cpu: Duration::from_micros(next()?),
        peak: next()?,
        expanded: next().ok().filter(|lines| *lines > 0),
        instructions: next().ok().filter(|instructions| *instructions > 0),
    })
}

/// Runs rustc and writes a line of the log.
pub(crate) fn run(log: &Path) -> Result<ExitCode> {
    let mut arguments = env::args_os().skip(1);
    let rustc = arguments.next().ok_or("cargo names rustc first")?;
    let arguments: Vec<_> = arguments.collect();
    let done = Command::new(&rustc).args(&arguments).spawn()?.wait4()?;
    // Cargo also runs rustc to query its version and its configuration.
    if !arguments.iter().any(|argument| argument == "--crate-name") || !done.status.success() {
        return Ok(if done.status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let look = env::var_os(LOOK);
    let expanded = if look.is_some() { expanded_lines(&rustc, &arguments)? } else { 0 };
    let instructions = if look.is_some_and(|look| look == "closely") { instructions(&rustc, &arguments)? } else { 0 };
    let cpu = (done.rusage.utime + done.rusage.stime).as_micros();
    let peak = done.rusage.maxrss;
    writeln!(fs::OpenOptions::new().append(true).open(log)?, "{cpu} {peak} {expanded} {instructions}")?;
    Ok(ExitCode::SUCCESS)
}

fn expanded_lines(rustc: &std::ffi::OsStr, arguments: &[std::ffi::OsString]) -> Result<usize> {
    let text = |argument: &std::ffi::OsString| argument.to_string_lossy().into_owned();
    let kept = arguments
        .iter()
        .map(text)
        .filter(|argument| !argument.starts_with("--emit") && !argument.starts_with("--json"));
    let output = Command::new(rustc)
        .args(kept)
        .arg("-Zunpretty=expanded")
        // The option is unstable. The variable is set for this run only, and the output of the run is not used otherwise.
        .env("RUSTC_BOOTSTRAP", "1")
        .stderr(Stdio::null())
        .output()?;
    Ok(String::from_utf8_lossy(&output.stdout).lines().count())
}

/// The instructions of rustc. Zero if valgrind is not installed.
fn instructions(rustc: &std::ffi::OsStr, arguments: &[std::ffi::OsString]) -> Result<u64> {
    let output = Command::new("valgrind")
        // rustc may be rustup's proxy, which starts the real one.
        .args(["--trace-children=yes", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(rustc)
        .args(arguments)
        .output();
    let Ok(output) = output else { return Ok(0) };
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    // `==4711== I   refs:      127,677`, for each process.
    let total = text.lines().filter(|line| line.starts_with("==")).filter_map(|line| line.split_once("refs:"));
    let counts = total.map(|(_, count)| count.trim().replace(',', "").parse::<u64>());
    counts.sum::<std::result::Result<u64, _>>().map_err(Into::into)
}
