//! A client under load and faults for a long time. It fails if memory, file descriptors or tasks grow from the second quarter
//! of the run to the last, or if connections or tasks are left after it. Linux only: the figures are those of `/proc`.
//!
//! `cargo run --release -p soak -- --seconds 600`, or with `--smoke` for 5 seconds.

mod load;
mod sample;
mod server;

use bench_support::{Mode, Result};
use load::Load;
use sample::{Quarter, Sample, descriptors};
use server::Server;
use std::{
    env,
    time::{Duration, Instant},
};
use tokio::{runtime::Handle, time::sleep};

/// The time between two samples is a part of the run.
const SAMPLES: u32 = 200;

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (seconds, mode) = match arguments[..] {
        ["server"] => return server::run(),
        ["--seconds", seconds] => (seconds.parse()?, Mode::Full),
        _ if Mode::from_args() == Mode::Smoke => (5, Mode::Smoke),
        _ => return Err("usage: soak --seconds N, or soak --smoke".into()),
    };
    let server = Server::start()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(soak(&server, Duration::from_secs(seconds), mode))
}

async fn soak(server: &Server, time: Duration, mode: Mode) -> Result<()> {
    let descriptors_before = descriptors()?;
    let load = Load::start(server.address)?;
    let start = Instant::now();
    let mut samples = Vec::new();
    while start.elapsed() < time {
        sleep(time / SAMPLES).await;
        samples.push(Sample::take()?);
    }
    let quarter = samples.len() / 4;
    let (second, last) = (Quarter::of(&samples[quarter..2 * quarter]), Quarter::of(&samples[3 * quarter..]));
    let counts = load.stop().await?;
    println!("{counts}\n\n{}", Quarter::table(&second, &last));
    // In the first seconds the allocator and the pool still grow to their size.
    if mode == Mode::Full {
        last.check_growth(&second)?;
    }
    nothing_left(descriptors_before).await
}

/// Connections close in the background.
async fn nothing_left(descriptors_before: u64) -> Result<()> {
    let end = Instant::now() + Duration::from_secs(10);
    loop {
        let (tasks, open) = (Handle::current().metrics().num_alive_tasks(), descriptors()?);
        if tasks == 0 && open <= descriptors_before {
            println!("\nafter the run: no task, {open} descriptors, as before it");
            return Ok(());
        }
        if Instant::now() > end {
            return Err(
                format!("{tasks} tasks are left, and {open} descriptors instead of {descriptors_before}").into()
            );
        }
        sleep(Duration::from_millis(50)).await;
    }
}
