//! Runs cargo on one contender's crate.

use crate::{
    contenders::Contender,
    rustc::{self, Compilation, Look},
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
    /// Of the same check.
    pub(crate) instructions: Option<u64>,
    pub(crate) incremental: Option<Duration>,
    pub(crate) release: Option<Duration>,
    pub(crate) calls_check: Option<Duration>,
    pub(crate) calls_release: Option<Duration>,
    /// Of the release build of the library, in bytes.
    pub(crate) peak: Option<u64>,
    pub(crate) expanded: Option<u64>,
    pub(crate) rlib: Option<u64>,
    pub(crate) binary: Option<u64>,
}

/// The best of so many runs counts: what else the machine does only ever adds.
const RUNS: usize = 3;

pub(crate) fn full(root: &Path, contender: &Contender) -> Result<Figures> {
    let crate_ = Crate { root, contender };
    let binary = format!("{}-calls", contender.package);
    let calls = ["--bin", binary.as_str()];
    let check = crate_.best("lib.rs", &["check", "--lib"])?;
    let incremental = crate_.after_an_edit()?;
    let release = crate_.best("lib.rs", &["build", "--release", "--lib"])?;
    let closely = crate_.compile("lib.rs", &["check", "--lib"], Look::Closely)?;
    let calls_check = crate_.best("main.rs", &["check", calls[0], calls[1]])?;
    let calls_release = crate_.best("main.rs", &["build", "--release", calls[0], calls[1]])?;
    let built = target().join("release");
    Ok(Figures {
        check: Some(check.cpu),
        instructions: closely.instructions,
        incremental: Some(incremental),
        release: Some(release.cpu),
        calls_check: Some(calls_check.cpu),
        calls_release: Some(calls_release.cpu),
        peak: Some(release.peak),
        expanded: closely.expanded,
        rlib: Some(fs::metadata(built.join(format!("lib{}.rlib", contender.package)))?.len()),
        binary: Some(fs::metadata(built.join(binary))?.len()),
    })
}

/// Only shows that what was written compiles.
pub(crate) fn smoke(root: &Path, contender: &Contender) -> Result<Figures> {
    let crate_ = Crate { root, contender };
    let check = crate_.compile("lib.rs", &["check", "--lib"], Look::Expanded)?;
    let calls = crate_.compile("main.rs", &["check", "--bins"], Look::Once)?;
    Ok(Figures { check: Some(check.cpu), calls_check: Some(calls.cpu), expanded: check.expanded, ..Figures::default() })
}

/// This workspace's own, so that macros which are built already are not built again.
fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target")
}

struct Crate<'a> {
    root: &'a Path,
    contender: &'a Contender,
}

impl Crate<'_> {
    fn best(&self, file: &str, command: &[&str]) -> Result<Compilation> {
        let mut best = self.compile(file, command, Look::Once)?;
        for _ in 1..RUNS {
            let next = self.compile(file, command, Look::Once)?;
            if next.cpu < best.cpu {
                best = next;
            }
        }
        Ok(best)
    }

    /// Compiles the target of a file anew, and alone.
    fn compile(&self, file: &str, command: &[&str], look: Look) -> Result<Compilation> {
        self.rewrite(file, |text| text)?;
        let mut cargo = self.cargo(command);
        let compilation = rustc::watch(cargo.env("CARGO_INCREMENTAL", "0"), self.root, look)?;
        compilation.ok_or_else(|| format!("{}: nothing was compiled", self.contender.package).into())
    }

    /// Checks the library after the type of one query parameter of one operation was changed.
    fn after_an_edit(&self) -> Result<Duration> {
        let check = |change: fn(String) -> String| {
            self.rewrite("lib.rs", change)?;
            let mut cargo = self.cargo(&["check", "--lib"]);
            let compilation = rustc::watch(cargo.env("CARGO_INCREMENTAL", "1"), self.root, Look::Once)?;
            compilation.map(|compilation| compilation.cpu).ok_or_else(|| "nothing was compiled".into())
        };
        let mut best: Result<Duration> = check(|text| text);
        for _ in 0..RUNS {
            let there = check(|text| text.replacen("pub page_size: Option<u32>", "pub page_size: Option<u64>", 1));
            let back = check(|text| text.replacen("pub page_size: Option<u64>", "pub page_size: Option<u32>", 1));
            best = Ok(best?.min(there?).min(back?));
        }
        best
    }

    /// Writes a source file anew, which makes cargo compile it again.
    fn rewrite(&self, file: &str, change: impl FnOnce(String) -> String) -> Result<()> {
        let path = self.root.join(self.contender.package).join("src").join(file);
        let text = fs::read_to_string(&path)?;
        Ok(fs::write(&path, change(text))?)
    }

    fn cargo(&self, command: &[&str]) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(command).args(["--quiet", "-p", self.contender.package]);
        cargo.arg("--target-dir").arg(target());
        cargo
    }
}
