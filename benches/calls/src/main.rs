//! Table 4: calls on loopback, and the memory of a download. Server and client are separate processes. Each is pinned to one
//! processor, the same for all clients.
//!
//! `cargo run --release -p calls`. The option `--smoke` makes a few calls with each client.

mod clients;
mod pinned;
mod server;
mod wire;

use bench_support::{
    Mode, Result, Table, callgrind,
    table::{or_dash, thousands},
    usage::{self, Usage},
};
use clients::CLIENTS;
use pinned::Processor;
use server::Server;
use std::{env, net::SocketAddr, time::Instant};

const IN_FLIGHT: usize = 64;

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["server"] => server::run(),
        ["calls", client, address, calls, in_flight] => {
            clients::find(client)?.calls(address.parse()?, calls.parse()?, in_flight.parse()?)
        }
        ["count", client, address, calls] => count(clients::find(client)?, address.parse()?, calls.parse()?),
        ["download", client, address, bytes] => clients::find(client)?.download(address.parse()?, bytes.parse()?),
        _ => tables(Mode::from_args()),
    }
}

fn tables(mode: Mode) -> Result<()> {
    wire::check()?;
    let server = Server::start()?;
    println!("\ncalls: a GET, a JSON answer of 190 bytes, decoded\n\n{}", calls(mode, server.address)?);
    println!("\npeak memory of a download, MB\n\n{}", downloads(mode, server.address)?);
    Ok(())
}

fn calls(mode: Mode, address: SocketAddr) -> Result<Table> {
    let mut table = Table::new([
        "",
        "1 in flight: calls/s",
        "CPU µs/call",
        "64 in flight: calls/s",
        "CPU µs/call",
        "instructions/call",
        "peak MB",
    ]);
    let loads = [(1, mode.times(20_000)), (IN_FLIGHT, mode.times(100_000).max(IN_FLIGHT))];
    let mut best = CLIENTS.map(|_| [None, None]);
    // The clients take turns, so that a slow minute of the machine affects all of them.
    for _ in 0..mode.times(9) {
        for (client, best) in CLIENTS.iter().zip(&mut best) {
            for ((in_flight, count), best) in loads.iter().zip(best) {
                let run = run(client.name, address, *count, *in_flight)?;
                *best = Some(best.map_or(run, |best: Run| best.or(run)));
            }
        }
    }
    for (client, best) in CLIENTS.iter().zip(best) {
        let mut cells = vec![client.name.to_owned()];
        for Run { speed, cpu, .. } in best.iter().flatten() {
            cells.push(thousands(*speed as u64));
            cells.push(format!("{cpu:.1}"));
        }
        let instructions = instructions(client.name, address, IN_FLIGHT * mode.times(50))?;
        cells.push(or_dash(instructions.map(thousands)));
        cells.push((best.iter().flatten().map(|run| run.peak).max().unwrap_or_default() >> 20).to_string());
        table.row::<7>(cells.try_into().map_err(|_| "a row has seven cells")?);
    }
    Ok(table)
}

/// The instructions of one call in the client's process: the difference between a number of calls and twice that number. Work
/// that is done once, such as connecting, is in both and does not count.
fn instructions(client: &str, address: SocketAddr, calls: usize) -> Result<Option<u64>> {
    let counts = callgrind::count(&["count", client, &address.to_string(), &calls.to_string()])?;
    match counts.as_deref() {
        None => Ok(None),
        Some([once, twice]) => Ok(Some(twice.instructions.saturating_sub(once.instructions) / calls as u64)),
        Some(_) => Err("two works were marked".into()),
    }
}

fn count(client: &clients::Client, address: SocketAddr, calls: usize) -> Result<()> {
    callgrind::marked(|| client.calls(address, calls, IN_FLIGHT))?;
    callgrind::marked(|| client.calls(address, 2 * calls, IN_FLIGHT))
}

/// The measurements of a client.
#[derive(Clone, Copy)]
struct Run {
    /// The calls per second.
    speed: f64,
    /// The processor time of a call, in microseconds.
    cpu: f64,
    peak: u64,
}

impl Run {
    /// The better figure of each kind.
    fn or(self, other: Self) -> Self {
        Self { speed: self.speed.max(other.speed), cpu: self.cpu.min(other.cpu), peak: self.peak.min(other.peak) }
    }
}

fn run(client: &str, address: SocketAddr, count: usize, in_flight: usize) -> Result<Run> {
    let arguments =
        ["calls", client, &address.to_string(), &count.to_string(), &in_flight.to_string()].map(str::to_owned);
    let start = Instant::now();
    let usage = usage::of(&mut Processor::Client.command(&arguments)?)?;
    let calls = count as f64;
    Ok(Run {
        speed: calls / start.elapsed().as_secs_f64(),
        cpu: usage.cpu.as_secs_f64() * 1e6 / calls,
        peak: usage.peak,
    })
}

fn downloads(mode: Mode, address: SocketAddr) -> Result<Table> {
    let large: u64 = if mode == Mode::Full { 1 << 30 } else { 1 << 22 };
    let mut table = Table::new(["", "1 MiB", "1 GiB", "CPU s of 1 GiB"]);
    for client in CLIENTS {
        let download = |bytes: u64| {
            let arguments = ["download", client.name, &address.to_string(), &bytes.to_string()].map(str::to_owned);
            usage::of(&mut Processor::Client.command(&arguments)?)
        };
        let (small, large) = (download(1 << 20)?, download(large)?);
        let megabytes = |usage: Usage| format!("{:.1}", usage.peak as f64 / f64::from(1 << 20));
        table.row([
            client.name.to_owned(),
            megabytes(small),
            megabytes(large),
            format!("{:.2}", large.cpu.as_secs_f64()),
        ]);
    }
    Ok(table)
}
