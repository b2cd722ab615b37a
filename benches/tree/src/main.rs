//! Table 5: the number of crates in the tree of a dependency, and the processor time of building them once.
//!
//! `cargo run --release -p tree`. The option `--smoke` only counts the crates.

use bench_support::{
    Mode, Result, Table,
    table::or_dash,
    usage::{self, Usage},
};
use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A name, and the dependency as a line of a manifest.
const TREES: [(&str, &str); 6] = [
    ("stackone, declarations only", "stackone = { path = \"RUNTIME\", default-features = false }"),
    ("stackone", "stackone = { path = \"RUNTIME\" }"),
    ("rustify", "rustify = \"0.7\""),
    ("reqwest", "reqwest = \"0.13\""),
    ("ruma-common, `api`", "ruma-common = { version = \"0.20\", features = [\"api\"] }"),
    ("progenitor-client", "progenitor-client = \"0.15\""),
];

const BUILDS: usize = 3;

fn main() -> Result<()> {
    let mode = Mode::from_args();
    let mut table = Table::new(["", "crates", "with build scripts'", "cold build, CPU s", "peak MB"]);
    for (name, dependency) in TREES {
        let package = write(dependency)?;
        // Before the build, because it also downloads missing crates.
        let (crates, with_build) = (crates(&package, "normal")?, crates(&package, "normal,build")?);
        let usage = if mode == Mode::Full { Some(best_build(&package)?) } else { None };
        table.row([
            name.to_owned(),
            crates.to_string(),
            with_build.to_string(),
            or_dash(usage.map(|usage| format!("{:.1}", usage.cpu.as_secs_f64()))),
            or_dash(usage.map(|usage| (usage.peak >> 20).to_string())),
        ]);
    }
    println!("\n{table}");
    Ok(())
}

/// Writes a package with this one dependency, at the versions of this workspace.
fn write(dependency: &str) -> Result<PathBuf> {
    let benches = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the manifest has a parent")?;
    let package = benches.join("target/tree");
    let runtime = benches.join("../runtime");
    fs::create_dir_all(package.join("src"))?;
    fs::write(package.join("src/lib.rs"), "")?;
    fs::copy(benches.join("Cargo.lock"), package.join("Cargo.lock"))?;
    let dependency = dependency.replace("RUNTIME", &runtime.to_string_lossy());
    let manifest =
        "[package]\nname = \"probe\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n";
    fs::write(package.join("Cargo.toml"), format!("{manifest}{dependency}\n"))?;
    Ok(package)
}

fn cargo(package: &Path) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(package);
    cargo
}

/// The number of crates that are built for this machine along these edges: the dependency and its dependencies. Two versions
/// of a crate are two crates.
fn crates(package: &Path, edges: &str) -> Result<usize> {
    let output = cargo(package).args(["tree", "--edges", edges, "--prefix", "none", "--format", "{p}"]).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let tree = String::from_utf8(output.stdout)?;
    let names: BTreeSet<&str> =
        tree.lines().map(|line| line.trim_end_matches(" (*)")).filter(|line| !line.starts_with("probe ")).collect();
    Ok(names.len())
}

fn best_build(package: &Path) -> Result<Usage> {
    let mut best = cold_build(package)?;
    for _ in 1..BUILDS {
        let usage = cold_build(package)?;
        best = Usage { cpu: best.cpu.min(usage.cpu), peak: best.peak.min(usage.peak) };
    }
    Ok(best)
}

fn cold_build(package: &Path) -> Result<Usage> {
    let target = package.join("target");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    usage::of(cargo(package).args(["build", "--quiet", "--target-dir"]).arg(&target))
}
