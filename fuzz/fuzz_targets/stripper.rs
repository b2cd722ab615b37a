//! The stripper gets a document in chunks. Its output must equal the output of a simple function that gets the whole document.
//!
//! The first byte of the input is the size of the chunks. Zero means one chunk.

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

/// Removes the white space at the front. Returns the rest and the number of heartbeats: CR LF is one heartbeat.
fn skip(input: &[u8]) -> (&[u8], u64) {
    let end = input.iter().position(|byte| !b"\n\r\t ".contains(byte)).unwrap_or(input.len());
    let (space, rest) = input.split_at(end);
    let pairs = space.windows(2).filter(|pair| pair == b"\r\n").count();
    (rest, (space.len() - pairs) as u64)
}
