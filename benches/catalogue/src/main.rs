//! Table 6: the compiler's work for `stackone-api`, and the time to decode a page, against the same types with other ways to read
//! and write them.
//!
//! `cargo run --release -p catalogue`. The option `--smoke` checks one small domain in each variant, and times nothing. The option
//! `--peers FOLDER` adds the packages that `codegen/peers.py` wrote into the folder.

mod page;
mod peer;
mod rustc;
mod variant;
mod workspace;

use bench_support::{Mode, Result, Table, usage::Usage};
use peer::Peer;
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
    let peers = Peer::from_args()?;
    let workspace = Workspace::write(&peers)?;
    println!("\n{}", checks(&workspace, &peers, mode)?);
    if mode == Mode::Full {
        println!("decoding a page of employees\n\n{}", workspace.decode()?);
    }
    Ok(ExitCode::SUCCESS)
}

/// A row of the table.
struct Row<'a> {
    title: &'a str,
    package: &'a str,
    /// The features of the two measurements. A peer has no features, and no code for one domain.
    domains: [Option<&'a str>; 2],
    best: [Option<Usage>; 2],
}

fn checks(workspace: &Workspace, peers: &[Peer], mode: Mode) -> Result<Table> {
    let domains = if mode == Mode::Full { [Some(ALL), Some(ONE)] } else { [Some(SMALL), None] };
    let variants = Variant::ALL.iter().map(|variant| (variant.title(), variant.package(), domains));
    let peers = peers.iter().map(|peer| (&*peer.name, &*peer.name, [None, None]));
    let rows = variants.chain(peers);
    let mut rows: Vec<_> =
        rows.map(|(title, package, domains)| Row { title, package, domains, best: [None, None] }).collect();
    // The rows take turns, so that a slow hour of the machine affects all of them.
    for run in 0..mode.times(RUNS) {
        // A peer takes ten times as long as a variant, so that one run is enough to compare.
        for row in rows.iter_mut().filter(|row| run == 0 || row.domains[0].is_some()) {
            keep_less(&mut row.best[0], workspace.check(row.package, row.domains[0])?);
            if let Some(domain) = row.domains[1] {
                keep_less(&mut row.best[1], workspace.check(row.package, Some(domain))?);
            }
        }
    }
    let mut table = Table::new(["", "all: check, CPU s", "all: peak MB", "hris: check, CPU s", "hris: peak MB"]);
    for Row { title, best, .. } in rows {
        let [all_seconds, all_peak] = cells(best[0]);
        let [one_seconds, one_peak] = cells(best[1]);
        table.row([title.to_owned(), all_seconds, all_peak, one_seconds, one_peak]);
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
