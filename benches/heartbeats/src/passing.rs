//! A long document without heartbeats, read chunk by chunk.

use crate::{pull::pull, source::Repeated};
use bench_support::{Mode, Result, Table, callgrind, table::or_dash};
use bytes::Bytes;
use http_body_util::BodyExt as _;
use stackone::heartbeat::{HeartbeatBody, Stripper};
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

const CHUNK: usize = 16 << 10;
/// The number of chunks of a document.
const CHUNKS: usize = 1024;

/// A function that reads a body to its end. It returns the number of bytes.
type Way = fn(Repeated) -> usize;

const WAYS: [(&str, Way); 5] = [
    ("no stripping", |body| read(body)),
    ("stackone: HeartbeatBody", |body| read(HeartbeatBody::new(body))),
    ("stackone: Stripper", |body| {
        let mut stripper = Stripper::new();
        read(body.map_frame(move |frame| frame.map_data(|chunk| stripper.push(chunk))))
    }),
    ("copying each chunk", |body| read(body.map_frame(|frame| frame.map_data(|chunk| Bytes::copy_from_slice(&chunk))))),
    ("collect and trim", |body| {
        let mut whole = Vec::new();
        pull(body, |chunk| whole.extend_from_slice(&chunk));
        black_box(whole.trim_ascii_start()).len()
    }),
];

fn read(body: impl http_body::Body<Data = Bytes>) -> usize {
    let mut bytes = 0;
    pull(body, |chunk| bytes += black_box(chunk).len());
    bytes
}

fn chunk() -> Bytes {
    Bytes::from(vec![b'x'; CHUNK])
}

/// The work for callgrind: a document to warm up, the same again, and one of twice the length.
pub(crate) fn count(way: usize) {
    let chunk = chunk();
    let (_, way) = WAYS[way];
    for chunks in [CHUNKS, CHUNKS, 2 * CHUNKS] {
        let body = Repeated::new(&chunk, chunks);
        callgrind::marked(|| black_box(way(body)));
    }
}

pub(crate) fn table(mode: Mode) -> Result<Table> {
    let mut table = Table::new(["", "ns", "instructions", "allocations"]);
    for (index, (name, way)) in WAYS.iter().enumerate() {
        let counts = if mode == Mode::Full { callgrind::count(&["count", &index.to_string()])? } else { None };
        // The difference between a long and a short document, so that work that is done once does not count.
        let each = |count: fn(&callgrind::Counts) -> u64| {
            let [.., short, long] = counts.as_deref()? else { return None };
            Some(format!("{:.1}", (count(long) - count(short)) as f64 / CHUNKS as f64))
        };
        table.row([
            (*name).to_owned(),
            format!("{:.1}", nanoseconds(mode, *way)),
            or_dash(each(|counts| counts.instructions)),
            or_dash(each(|counts| counts.allocations)),
        ]);
    }
    Ok(table)
}

fn nanoseconds(mode: Mode, way: Way) -> f64 {
    let chunk = chunk();
    let mut best = Duration::MAX;
    for _ in 0..mode.times(200) {
        let body = Repeated::new(&chunk, CHUNKS);
        let start = Instant::now();
        let bytes = black_box(way(body));
        best = best.min(start.elapsed());
        assert_eq!(bytes, CHUNK * CHUNKS);
    }
    best.as_secs_f64() * 1e9 / CHUNKS as f64
}
