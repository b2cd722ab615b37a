//! Instructions and allocations, counted by callgrind. The counts do not depend on the load of the machine.

use crate::Result;
use std::{
    collections::HashMap,
    env, fs,
    hint::black_box,
    process::{Command, Stdio},
};

/// The cost of a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub instructions: u64,
    /// Allocations and reallocations.
    pub allocations: u64,
}

/// The functions of the C library that allocate.
const ALLOCATORS: [&str; 5] = ["malloc", "calloc", "realloc", "posix_memalign", "aligned_alloc"];

/// Runs `work` between two marks. [`count`] counts between the marks.
pub fn marked<O>(work: impl FnOnce() -> O) -> O {
    begin();
    let output = black_box(work());
    end();
    output
}

// Callgrind writes its counts and resets them when one of these functions is entered. Its option `--toggle-collect` counts
// inside one function, but it also counts the calls of allocators outside of that function.

#[inline(never)]
fn begin() {
    black_box("begin");
}

#[inline(never)]
fn end() {
    black_box("end");
}

/// Runs this program again under callgrind, with `arguments`. Returns the counts of each [`marked`] piece of work, in order.
/// `None` if valgrind is not installed.
///
/// # Errors
///
/// The program fails, or the output of callgrind cannot be read.
pub fn count(arguments: &[&str]) -> Result<Option<Vec<Counts>>> {
    if Command::new("valgrind").arg("--version").stdout(Stdio::null()).status().is_err() {
        return Ok(None);
    }
    let out = env::temp_dir().join(format!("stackone-bench-{}.callgrind", std::process::id()));
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--combine-dumps=yes"])
        .args(["--dump-before=bench_support::callgrind::begin", "--dump-before=bench_support::callgrind::end"])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(env::current_exe()?)
        .args(arguments)
        .output()?;
    if !output.status.success() {
        return Err(format!("{arguments:?} under callgrind: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let profile = fs::read_to_string(&out)?;
    fs::remove_file(&out)?;
    read(&profile).map(Some)
}

/// Reads the parts of a profile that end at an end mark. The first mention of a function is `(id) name`. Later mentions are
/// `(id)` alone, in all parts.
fn read(profile: &str) -> Result<Vec<Counts>> {
    let mut names = HashMap::new();
    let mut called = "";
    let mut inside = false;
    let mut parts: Vec<Counts> = Vec::new();
    for line in profile.lines() {
        if let Some(trigger) = line.strip_prefix("desc: Trigger: ") {
            inside = trigger.ends_with("callgrind::end");
            if inside {
                parts.push(Counts { instructions: 0, allocations: 0 });
            }
        } else if let Some(name) = line.strip_prefix("cfn=").or_else(|| line.strip_prefix("fn=")) {
            let (id, name) = name.split_once(' ').unwrap_or((name, ""));
            if !name.is_empty() {
                names.insert(id, name);
            }
            if line.starts_with("cfn=") {
                called = names.get(id).copied().unwrap_or("");
            }
        } else if let Some(counts) = parts.last_mut().filter(|_| inside) {
            if let Some(calls) = line.strip_prefix("calls=").filter(|_| ALLOCATORS.contains(&called)) {
                counts.allocations += calls.split(' ').next().unwrap_or_default().parse::<u64>()?;
            } else if let Some(total) = line.strip_prefix("totals:") {
                counts.instructions = total.trim().parse()?;
            }
        }
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_between_the_marks_counts() {
        let profile = "part: 1\ndesc: Trigger: --dump-before=bench_support::callgrind::begin\n\
                       fn=(1) main\n10 5\ncfn=(2) malloc\ncalls=3 0\n10 90\ntotals: 95\n\
                       part: 2\ndesc: Trigger: --dump-before=bench_support::callgrind::end\n\
                       fn=(4) work\ncfn=(2)\ncalls=2 0\n11 60\ncfn=(5) realloc\ncalls=1 0\n\
                       cfn=(3) free\ncalls=7 0\n10 70\ntotals: 12345\n\
                       part: 3\ndesc: Trigger: Program termination\n\
                       fn=(1)\ncfn=(2)\ncalls=9 0\n10 90\ntotals: 95\n";
        assert_eq!(read(profile).unwrap(), [Counts { instructions: 12345, allocations: 3 }]);
    }
}
