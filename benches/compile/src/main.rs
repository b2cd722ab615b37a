//! Table 2: the cost of compiling hundreds of operations. This program writes a crate for each contender into `target/`, with
//! the same operations, and compiles it alone.
//!
//! `cargo run --release -p compile`. The option `--smoke` only checks a handful of operations. Arguments such as `ours hand`
//! select contenders by the names of their packages.

mod contenders;
mod measure;
mod operation;
mod rustc;
mod workspace;

use bench_support::{
    Mode, Result, Table,
    table::{or_dash, thousands},
};
use measure::Figures;
use std::{env, process::ExitCode, time::Duration};

/// The number of operations in `StackOne`'s API description.
const OPERATIONS: usize = 292;

fn main() -> Result<ExitCode> {
    // Cargo calls this program instead of rustc.
    if let Some(log) = rustc::log_of_this_process() {
        return rustc::run(&log);
    }
    let mode = Mode::from_args();
    let count = if mode == Mode::Full { OPERATIONS } else { 6 };
    let wanted: Vec<String> = env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let contenders: Vec<_> = contenders::all()
        .into_iter()
        .filter(|contender| wanted.is_empty() || wanted.iter().any(|name| name == contender.package))
        .collect();
    let root = workspace::write(&contenders, &operation::operations(count))?;
    measure::assert_equal(&root, &contenders)?;
    let mut table = Table::new([
        "",
        "check",
        "check, Minstr",
        "incremental",
        "release lib",
        "calls: check",
        "calls: release",
        "peak MB",
        "expanded lines",
        "rlib kB",
        "binary kB",
    ]);
    let all = match mode {
        Mode::Full => measure::full(&root, &contenders)?,
        Mode::Smoke => contenders.iter().map(|contender| measure::smoke(&root, contender)).collect::<Result<_>>()?,
    };
    for (contender, figures) in contenders.iter().zip(&all) {
        table.row(row(contender.name, figures));
    }
    println!("\n{count} operations; seconds are processor time of rustc for the one crate\n\n{table}");
    Ok(ExitCode::SUCCESS)
}

fn row(name: &str, figures: &Figures) -> [String; 11] {
    let seconds = |time: Option<Duration>| or_dash(time.map(|time| format!("{:.2}", time.as_secs_f64())));
    let number = |number: Option<u64>| or_dash(number.map(thousands));
    [
        name.to_owned(),
        seconds(figures.check),
        number(figures.instructions.map(|count| count / 1_000_000)),
        seconds(figures.incremental),
        seconds(figures.release),
        seconds(figures.calls_check),
        seconds(figures.calls_release),
        number(figures.peak.map(|bytes| bytes >> 20)),
        number(figures.expanded),
        number(figures.rlib.map(|bytes| bytes / 1000)),
        number(figures.binary.map(|bytes| bytes / 1000)),
    ]
}
