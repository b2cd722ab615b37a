//! Random numbers from the seed.

use std::time::Duration;

pub(crate) fn pick<T: Copy, const N: usize>(rng: &mut fastrand::Rng, values: [T; N]) -> T {
    values[rng.usize(0..N)]
}

/// A time of at most so many seconds.
pub(crate) fn seconds(rng: &mut fastrand::Rng, longest: u64) -> Duration {
    Duration::from_millis(rng.u64(0..=longest * 1000))
}
