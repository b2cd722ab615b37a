//! Draws figures of `RESULTS.md` as an SVG for the README and the docs. With `--check` it writes nothing, and fails if the picture is
//! older than the figures.

mod results;
mod svg;

use std::{env, fs, path::Path, process::ExitCode};
use svg::Panel;

/// A panel for each table. A name in `without` is a row that is not a peer.
const PANELS: [Panel; 4] = [
    Panel {
        title: "Building a POST request: instructions",
        is_better: "less is better",
        after: "POST with a full body",
        column: "instructions",
        without: &[],
    },
    Panel {
        title: "Checking a crate of 292 operations: CPU s",
        is_better: "less is better",
        after: "## 2. Compiling",
        column: "check",
        without: &["plain structs", "signatures of the builder", "the builder written out", "written out, as promised"],
    },
    Panel {
        title: "Calls a second on loopback, 64 in flight",
        is_better: "more is better",
        after: "## 4. Calls and downloads",
        column: "64 in flight: calls/s",
        without: &[],
    },
    Panel {
        title: "Crates in the dependency tree",
        is_better: "less is better",
        after: "## 5. The tree",
        column: "crates",
        without: &[],
    },
];

fn main() -> ExitCode {
    match run(env::args().any(|argument| argument == "--check")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(check: bool) -> Result<(), String> {
    let benches = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let picture = benches.join("../runtime/src/guide/benchmarks.svg");
    let text = fs::read_to_string(benches.join("RESULTS.md")).map_err(|error| format!("RESULTS.md: {error}"))?;
    let panels = PANELS
        .iter()
        .map(|panel| Ok((panel, results::rows(&text, panel.after, panel.column, panel.without)?)))
        .collect::<Result<Vec<_>, String>>()?;
    let drawn = svg::draw(&panels);
    if !check {
        return fs::write(&picture, drawn).map_err(|error| format!("{}: {error}", picture.display()));
    }
    match fs::read_to_string(&picture) {
        Ok(stored) if stored == drawn => Ok(()),
        _ => {
            Err("benchmarks.svg does not show the figures of RESULTS.md: run `cargo run -p chart` in benches"
                .to_owned())
        }
    }
}
