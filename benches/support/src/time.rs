//! Time per call.

use crate::Mode;
use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// The nanoseconds of one call of `work`: the best of several batches, because other work on the machine can only add time.
/// Making the inputs and dropping the results is not counted.
pub fn per_call<I, O>(mode: Mode, mut input: impl FnMut() -> I, mut work: impl FnMut(I) -> O) -> f64 {
    const BATCH: usize = 256;
    let batch = mode.times(BATCH);
    let mut best = Duration::MAX;
    for _ in 0..mode.times(400) {
        let inputs: Vec<I> = (0..batch).map(|_| input()).collect();
        let mut outputs = Vec::with_capacity(batch);
        let start = Instant::now();
        for input in inputs {
            outputs.push(work(black_box(input)));
        }
        best = best.min(start.elapsed());
        black_box(outputs);
    }
    best.as_secs_f64() * 1e9 / batch as f64
}
