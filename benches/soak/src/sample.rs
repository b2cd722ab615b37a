//! What the process uses at a time.

use bench_support::{Result, Table};
use std::fs;
use tokio::runtime::Handle;

/// The process at one time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sample {
    memory: f64,
    descriptors: f64,
    tasks: f64,
}

impl Sample {
    pub(crate) fn take() -> Result<Self> {
        let tasks = Handle::current().metrics().num_alive_tasks();
        Ok(Self { memory: memory()? as f64, descriptors: descriptors()? as f64, tasks: tasks as f64 })
    }
}

/// The resident memory in KiB.
fn memory() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS in /proc/self/status")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

/// The number of open file descriptors.
pub(crate) fn descriptors() -> Result<u64> {
    Ok(fs::read_dir("/proc/self/fd")?.count() as u64)
}

/// The means of a quarter of the run.
#[derive(Debug)]
pub(crate) struct Quarter(Sample);

impl Quarter {
    pub(crate) fn of(samples: &[Sample]) -> Self {
        let mean = |value: fn(&Sample) -> f64| samples.iter().map(value).sum::<f64>() / samples.len() as f64;
        Self(Sample { memory: mean(|s| s.memory), descriptors: mean(|s| s.descriptors), tasks: mean(|s| s.tasks) })
    }

    /// The figures of a short run vary by so much. In a run of 10 minutes, a leak of ten bytes a call is more.
    pub(crate) fn check_growth(&self, earlier: &Self) -> Result<()> {
        let (now, before) = (&self.0, &earlier.0);
        let figures = [
            ("memory in KiB", now.memory, before.memory, 8192.0),
            ("descriptors", now.descriptors, before.descriptors, 50.0),
            ("tasks", now.tasks, before.tasks, 50.0),
        ];
        for (name, now, before, spare) in figures {
            if now > before * 1.1 + spare {
                return Err(format!("{name} grew from {before:.0} to {now:.0}").into());
            }
        }
        Ok(())
    }

    pub(crate) fn table(second: &Self, last: &Self) -> Table {
        let mut table = Table::new(["mean", "memory, KiB", "descriptors", "tasks"]);
        for (name, Self(sample)) in [("second quarter", second), ("last quarter", last)] {
            let cell = |value: f64| format!("{value:.0}");
            table.row([name.to_owned(), cell(sample.memory), cell(sample.descriptors), cell(sample.tasks)]);
        }
        table
    }
}
