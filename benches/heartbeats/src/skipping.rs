//! A body of heartbeats alone.

use crate::{pull::pull, source::Repeated};
use bench_support::{Mode, Table};
use bytes::Bytes;
use stackone::heartbeat::HeartbeatBody;
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

const CHUNK: usize = 64 << 10;
const CHUNKS: usize = 1024;

/// Reads a body to its end.
type Way = fn(Repeated);

const WAYS: [(&str, Way); 4] = [
    // The speed of memory: every byte is read, and nothing else is done.
    ("reading", |body| {
        pull(body, |chunk| {
            black_box(chunk.iter().fold(0_u8, |all, byte| all | byte));
        });
    }),
    ("stackone: HeartbeatBody", |body| {
        pull(HeartbeatBody::new(body), |chunk| {
            black_box(chunk);
        });
    }),
    ("copying", |body| {
        let mut room = vec![0; CHUNK];
        pull(body, |chunk| black_box(&mut room).copy_from_slice(&chunk));
    }),
    ("collect and trim", |body| {
        let mut whole = Vec::new();
        pull(body, |chunk| whole.extend_from_slice(&chunk));
        black_box(whole.trim_ascii_start());
    }),
];

pub(crate) fn table(mode: Mode) -> Table {
    let mut table = Table::new(["", "GB/s, in cache", "GB/s, in memory"]);
    // A small chunk that is repeated stays in the cache. One large chunk does not fit into it.
    let (small, large) = (Bytes::from(vec![b'\n'; CHUNK]), Bytes::from(vec![b'\n'; CHUNK * CHUNKS]));
    for (name, way) in WAYS {
        let cached = speed(mode, way, || Repeated::new(&small, CHUNKS));
        let uncached = if name == "copying" { None } else { Some(speed(mode, way, || Repeated::new(&large, 1))) };
        table.row([
            name.to_owned(),
            format!("{cached:.1}"),
            uncached.map_or_else(|| "-".to_owned(), |speed| format!("{speed:.1}")),
        ]);
    }
    table
}

fn speed(mode: Mode, way: Way, body: impl Fn() -> Repeated) -> f64 {
    let mut best = Duration::MAX;
    for _ in 0..mode.times(20) {
        let body = body();
        let start = Instant::now();
        way(body);
        best = best.min(start.elapsed());
    }
    (CHUNK * CHUNKS) as f64 / best.as_secs_f64() / 1e9
}
