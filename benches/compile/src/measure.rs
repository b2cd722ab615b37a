//! Runs cargo on the crate of one contender.

use crate::{
    contenders::Contender,
    rustc::{self, Compilation, Look},
    workspace::requests_of,
};
use bench_support::Result;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

#[derive(Default)]
pub(crate) struct Figures {
    pub(crate) check: Option<Duration>,
    /// The instructions of rustc in the check.
    pub(crate) instructions: Option<u64>,
    pub(crate) incremental: Option<Duration>,
    pub(crate) release: Option<Duration>,
    pub(crate) calls_check: Option<Duration>,
    pub(crate) calls_release: Option<Duration>,
    /// The peak memory of rustc in the release build of the library, in bytes.
    pub(crate) peak: Option<u64>,
    pub(crate) expanded: Option<u64>,
    pub(crate) rlib: Option<u64>,
    pub(crate) binary: Option<u64>,
}

/// The number of runs. The best one counts, because other work on the machine can only add time.
const RUNS: usize = 3;

/// Measures the contenders in turns, so that a slow hour of the machine affects all of them.
pub(crate) fn full(root: &Path, contenders: &[Contender]) -> Result<Vec<Figures>> {
    let mut all: Vec<Figures> = contenders.iter().map(|_| Figures::default()).collect();
    for _ in 0..RUNS {
        for (contender, figures) in contenders.iter().zip(&mut all) {
            Crate { root, contender }.measure(figures)?;
        }
    }
    for (contender, figures) in contenders.iter().zip(&mut all) {
        Crate { root, contender }.look_closely(figures)?;
    }
    Ok(all)
}

fn keep_less<T: Ord>(best: &mut Option<T>, next: T) {
    if best.as_ref().is_none_or(|best| next < *best) {
        *best = Some(next);
    }
}

/// Checks that all contenders that build requests build the same requests.
pub(crate) fn assert_equal(root: &Path, contenders: &[Contender]) -> Result<()> {
    let mut first: Option<(&Contender, String)> = None;
    for contender in contenders.iter().filter(|contender| contender.makes_requests) {
        let requests = Crate { root, contender }.requests()?;
        let (peer, expected) = first.get_or_insert_with(|| (contender, requests.clone()));
        if let Some((request, other)) = requests.lines().zip(expected.lines()).find(|(request, other)| request != other)
        {
            return Err(format!("{}: {request}\n{}: {other}", contender.package, peer.package).into());
        }
    }
    Ok(())
}

/// Only checks that the written crate compiles.
pub(crate) fn smoke(root: &Path, contender: &Contender) -> Result<Figures> {
    let crate_ = Crate { root, contender };
    let check = crate_.compile("lib.rs", &["check", "--lib"], Look::Expanded)?;
    let calls = crate_.compile("main.rs", &["check", "--bins"], Look::Once)?;
    Ok(Figures { check: Some(check.cpu), calls_check: Some(calls.cpu), expanded: check.expanded, ..Figures::default() })
}

/// The target folder of this workspace, so that macros are not built again.
fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target")
}

struct Crate<'a> {
    root: &'a Path,
    contender: &'a Contender,
}

impl Crate<'_> {
    fn measure(&self, figures: &mut Figures) -> Result<()> {
        let binary = self.binary();
        let compile = |file, command: &[&str]| self.compile(file, command, Look::Once);
        keep_less(&mut figures.check, compile("lib.rs", &["check", "--lib"])?.cpu);
        keep_less(&mut figures.incremental, self.after_an_edit()?);
        let release = compile("lib.rs", &["build", "--release", "--lib"])?;
        keep_less(&mut figures.release, release.cpu);
        keep_less(&mut figures.peak, release.peak);
        keep_less(&mut figures.calls_check, compile("main.rs", &["check", "--bin", &binary])?.cpu);
        keep_less(&mut figures.calls_release, compile("main.rs", &["build", "--release", "--bin", &binary])?.cpu);
        Ok(())
    }

    /// The measurements that are the same in each run.
    fn look_closely(&self, figures: &mut Figures) -> Result<()> {
        let check = self.compile("lib.rs", &["check", "--lib"], Look::Closely)?;
        (figures.instructions, figures.expanded) = (check.instructions, check.expanded);
        let built = target().join("release");
        figures.rlib = Some(fs::metadata(built.join(format!("lib{}.rlib", self.contender.package)))?.len());
        figures.binary = Some(fs::metadata(built.join(self.binary()))?.len());
        Ok(())
    }

    fn binary(&self) -> String {
        format!("{}-calls", self.contender.package)
    }

    /// Compiles the target of a source file again, and nothing else.
    fn compile(&self, file: &str, command: &[&str], look: Look) -> Result<Compilation> {
        self.rewrite(file, Ok)?;
        let mut cargo = self.cargo(command);
        let compilation = rustc::watch(cargo.env("CARGO_INCREMENTAL", "0"), self.root, look)?;
        compilation.ok_or_else(|| format!("{}: nothing was compiled", self.contender.package).into())
    }

    /// Checks the library after a change of one operation: its numbers become wider, and then narrow again.
    fn after_an_edit(&self) -> Result<Duration> {
        let check = |change: fn(String) -> Result<String>| -> Result<Duration> {
            self.rewrite("lib.rs", change)?;
            let mut cargo = self.cargo(&["check", "--lib"]);
            let compilation = rustc::watch(cargo.env("CARGO_INCREMENTAL", "1"), self.root, Look::Once)?;
            compilation.map(|compilation| compilation.cpu).ok_or_else(|| "nothing was compiled".into())
        };
        // This check does not count. It may be the first one, and nothing has changed.
        check(Ok)?;
        let there = check(|text| renumber(&text, "u32", "u64"));
        let back = check(|text| renumber(&text, "u64", "u32"));
        Ok(there?.min(back?))
    }

    /// Writes a source file again, so that cargo compiles it again.
    fn rewrite(&self, file: &str, change: impl FnOnce(String) -> Result<String>) -> Result<()> {
        let path = self.root.join(self.contender.package).join("src").join(file);
        let text = fs::read_to_string(&path)?;
        Ok(fs::write(&path, change(text)?)?)
    }

    /// The requests of all calls, one line for each operation.
    fn requests(&self) -> Result<String> {
        let output = self.cargo(&["run", "--example", &requests_of(self.contender)]).current_dir(self.root).output()?;
        let requests = String::from_utf8(output.stdout)?;
        if !output.status.success() || requests.is_empty() {
            return Err(format!("{}: {}", self.contender.package, String::from_utf8_lossy(&output.stderr)).into());
        }
        Ok(requests)
    }

    fn cargo(&self, command: &[&str]) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(command).args(["--quiet", "-p", self.contender.package]);
        cargo.arg("--target-dir").arg(target());
        cargo
    }
}

/// Changes the type of numbers in the first operation that has a page size: in its struct and in the code that follows it.
fn renumber(text: &str, from: &str, to: &str) -> Result<String> {
    let begin = text.find(&format!("pub page_size: Option<{from}>")).ok_or("no operation has a page size")?;
    let (before, rest) = text.split_at(begin);
    let (operation, after) = rest.split_at(rest.find("\n\n").unwrap_or(rest.len()));
    Ok([before, &operation.replace(from, to), after].concat())
}
