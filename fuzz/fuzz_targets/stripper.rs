//! The stripper against what it does said in one shot, at any split.
//!
//! The first byte says how the rest is cut: into pieces of that many bytes, or not at all.

#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use stackone::heartbeat::Stripper;

const MARK: &[u8] = b"\xEF\xBB\xBF";

fuzz_target!(|input: &[u8]| {
    let Some((&size, input)) = input.split_first() else { return };
    let size = if size == 0 { input.len().max(1) } else { usize::from(size) };
    let mut stripper = Stripper::new();
    let mut out = Vec::new();
    for chunk in input.chunks(size) {
        out.extend_from_slice(&stripper.push(Bytes::copy_from_slice(chunk)));
    }
    out.extend_from_slice(&stripper.finish());

    let (rest, mut beats) = skip(input);
    let expected = match rest.strip_prefix(MARK) {
        Some(rest) => {
            let (rest, more) = skip(rest);
            beats += more;
            rest
        }
        None => rest,
    };
    assert_eq!(out, expected);
    assert_eq!(stripper.beats(), beats);
});

/// The input after its white space, and how many beats that was: CR LF is one.
fn skip(input: &[u8]) -> (&[u8], u64) {
    let end = input.iter().position(|byte| !b"\n\r\t ".contains(byte)).unwrap_or(input.len());
    let (space, rest) = input.split_at(end);
    let pairs = space.windows(2).filter(|pair| pair == b"\r\n").count();
    (rest, (space.len() - pairs) as u64)
}
