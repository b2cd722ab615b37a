//! Table 6: the compiler's work for `stackone-api`, and the time to decode a page, against the same types with other ways to read
//! and write them.
//!
//! `cargo run --release -p catalogue`. The option `--smoke` checks one small domain in each variant, and times nothing.

mod page;
mod rustc;
mod variant;
mod workspace;

use bench_support::{Mode, Result, Table, usage::Usage};
use std::process::ExitCode;
use variant::Variant;
use workspace::Workspace;

const RUNS: usize = 3;
/// The domains in the rows: all, and the largest one.
const ALL: &str = "all";
const ONE: &str = "hris";
/// A small domain, which has pages, bodies and enums.
const SMALL: &str = "screening";

fn main() -> Result<ExitCode> {
    if let Some(log) = rustc::log_of_this_process() {
        return rustc::run(&log);
    }
    let mode = Mode::from_args();
    let workspace = Workspace::write()?;
    println!("\n{}", checks(&workspace, mode)?);
    if mode == Mode::Full {
        println!("decoding a page of employees\n\n{}", workspace.decode()?);
    }
    Ok(ExitCode::SUCCESS)
}

fn checks(workspace: &Workspace, mode: Mode) -> Result<Table> {
    let (all, one) = if mode == Mode::Full { (ALL, ONE) } else { (SMALL, SMALL) };
    let mut best: Vec<(Option<Usage>, Option<Usage>)> = vec![(None, None); Variant::ALL.len()];
    // The variants take turns, so that a slow hour of the machine affects all of them.
    for _ in 0..mode.times(RUNS) {
        for (variant, best) in Variant::ALL.iter().zip(&mut best) {
            keep_less(&mut best.0, workspace.check(*variant, all)?);
            if mode == Mode::Full {
                keep_less(&mut best.1, workspace.check(*variant, one)?);
            }
        }
    }
    let mut table = Table::new(["", "all: check, CPU s", "all: peak MB", "hris: check, CPU s", "hris: peak MB"]);
    for (variant, (all, one)) in Variant::ALL.iter().zip(best) {
        let [all_seconds, all_peak] = cells(all);
        let [one_seconds, one_peak] = cells(one);
        table.row([variant.title().to_owned(), all_seconds, all_peak, one_seconds, one_peak]);
    }
    Ok(table)
}

fn keep_less(best: &mut Option<Usage>, next: Usage) {
    let best = best.get_or_insert(next);
    *best = Usage { cpu: best.cpu.min(next.cpu), peak: best.peak.min(next.peak) };
}

fn cells(usage: Option<Usage>) -> [String; 2] {
    let Some(usage) = usage else { return ["-".to_owned(), "-".to_owned()] };
    [format!("{:.2}", usage.cpu.as_secs_f64()), (usage.peak >> 20).to_string()]
}
