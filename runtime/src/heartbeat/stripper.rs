//! The state machine that removes white space before a document.

use bytes::Bytes;

/// Removes the JSON white space (RFC 8259, section 2) before a document that arrives in chunks, and a byte order mark
/// directly before the document.
///
/// Its memory does not depend on the number of heartbeats. It returns the document without copying it, and does not read
/// it beyond its first byte. The result does not depend on where the chunks are split.
#[derive(Debug, Clone, Default)]
pub struct Stripper {
    state: State,
    beats: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    BeforeDocument,
    /// After a carriage return. A line feed now belongs to it.
    AfterReturn,
    /// After the first byte of a possible byte order mark.
    Mark1,
    /// After the second byte of a possible byte order mark.
    Mark2,
    /// After a byte order mark. A second one belongs to the document.
    AfterMark,
    AfterMarkReturn,
    Document,
}

const MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

impl Stripper {
    /// A stripper before a document.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of heartbeats so far: white space characters, where CR LF counts as one.
    #[must_use]
    pub fn beats(&self) -> u64 {
        self.beats
    }

    /// Whether the document has started. Chunks are then returned as they are.
    #[must_use]
    pub fn in_document(&self) -> bool {
        self.state == State::Document
    }

    /// Takes the next chunk and returns the part that belongs to the document. It is empty as long as there are only
    /// heartbeats.
    #[must_use]
    pub fn push(&mut self, mut chunk: Bytes) -> Bytes {
        if self.state == State::Document {
            return chunk;
        }
        let blank = if self.state == State::BeforeDocument { blank_blocks(&chunk) } else { 0 };
        self.beats += blank as u64;
        for (at, &byte) in chunk.iter().enumerate().skip(blank) {
            let before = self.state;
            self.step(byte);
            if self.state == State::Document {
                // The start of a possible byte order mark belongs to the document. It may be from an earlier chunk.
                let held = held(before);
                if held.is_empty() {
                    return chunk.split_off(at);
                }
                return [held, &chunk[at..]].concat().into();
            }
        }
        Bytes::new()
    }

    /// Ends the input and returns the bytes that are held back: the start of an incomplete byte order mark.
    #[must_use]
    pub fn finish(&mut self) -> Bytes {
        let held = held(self.state);
        if !held.is_empty() {
            self.state = State::Document;
        }
        Bytes::from_static(held)
    }

    /// Whether no byte is held back.
    #[cfg(feature = "client")]
    pub(crate) fn holds_nothing(&self) -> bool {
        held(self.state).is_empty()
    }

    fn step(&mut self, byte: u8) {
        let marked = matches!(self.state, State::AfterMark | State::AfterMarkReturn);
        let after_return = matches!(self.state, State::AfterReturn | State::AfterMarkReturn);
        self.state = match (self.state, byte) {
            (State::Mark1, 0xBB) => State::Mark2,
            (State::Mark2, 0xBF) => State::AfterMark,
            (State::Mark1 | State::Mark2 | State::Document, _) => State::Document,
            (State::BeforeDocument | State::AfterReturn, 0xEF) => State::Mark1,
            (_, b'\n' | b' ' | b'\t' | b'\r') => {
                let belongs_to_return = byte == b'\n' && after_return;
                self.beats += u64::from(!belongs_to_return);
                match (marked, byte == b'\r') {
                    (false, false) => State::BeforeDocument,
                    (false, true) => State::AfterReturn,
                    (true, false) => State::AfterMark,
                    (true, true) => State::AfterMarkReturn,
                }
            }
            _ => State::Document,
        };
    }
}

/// The number of line feeds at the start of a chunk, in whole blocks. Blocks are compared at 26 GB/s, and the state machine
/// reads 0.8 GB/s: see "beats skipped" in `benches/RESULTS.md`.
fn blank_blocks(chunk: &[u8]) -> usize {
    const BLANK: [u8; 64] = [b'\n'; 64];
    let (blocks, _) = chunk.as_chunks::<{ BLANK.len() }>();
    blocks.iter().take_while(|block| **block == BLANK).count() * BLANK.len()
}

fn held(state: State) -> &'static [u8] {
    match state {
        State::Mark1 => const { MARK.split_at(1).0 },
        State::Mark2 => const { MARK.split_at(2).0 },
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same result for the whole input at once.
    fn oracle(input: &[u8]) -> (Vec<u8>, u64) {
        fn skip(input: &[u8]) -> (&[u8], u64) {
            let end = input.iter().position(|byte| !b"\n\r\t ".contains(byte)).unwrap_or(input.len());
            let space = String::from_utf8(input[..end].to_vec()).unwrap();
            (&input[end..], space.replace("\r\n", "\n").len() as u64)
        }
        let (rest, beats) = skip(input);
        match rest.strip_prefix(&MARK) {
            Some(rest) => {
                let (rest, more) = skip(rest);
                (rest.to_vec(), beats + more)
            }
            None => (rest.to_vec(), beats),
        }
    }

    fn run<'a>(chunks: impl Iterator<Item = &'a [u8]>) -> (Vec<u8>, u64) {
        let mut stripper = Stripper::new();
        let mut out = Vec::new();
        for chunk in chunks {
            out.extend_from_slice(&stripper.push(Bytes::copy_from_slice(chunk)));
        }
        out.extend_from_slice(&stripper.finish());
        (out, stripper.beats())
    }

    const CASES: &[&str] = &[
        "",
        "\n",
        "\n\n\n{\"a\":1}",
        "\r\n\r\n{\"a\":1}",
        "\r\r\n\r{\"a\":1}\r\n",
        " \t \n[1,\n 2]\n\n",
        "\u{FEFF}{\"a\":1}",
        "\n\u{FEFF}\r\n\n{\"a\":1}",
        "\n\u{FEFF}\u{FEFF}{}",
        "\nnull",
        "\n\"a\nb\"",
        "\n{\"name\":\"\u{1F600}\u{FEFF}\"}",
        "\n<html>",
    ];

    #[test]
    fn chunks_can_be_split_anywhere() {
        for case in
            CASES.iter().map(|case| case.as_bytes()).chain([&b"\n\xEF\xBB{"[..], b"\xEF", b"\xEF\xBB", b"\xEF{"])
        {
            let expected = oracle(case);
            assert_eq!(run(case.iter().map(std::slice::from_ref)), expected, "{case:?} byte by byte");
            for at in 0..=case.len() {
                let (left, right) = case.split_at(at);
                assert_eq!(run([left, right].into_iter()), expected, "{case:?} at {at}");
            }
        }
    }

    #[test]
    fn blocks_of_heartbeats_count_like_single_ones() {
        for beats in [63, 64, 65, 127, 128, 129, 1000] {
            for (before, rest) in [("", "{}"), ("\r", "{}"), ("", "\r\n{}"), ("\n", "\u{FEFF}{}"), ("", "")] {
                let input = [before, &"\n".repeat(beats), rest].concat();
                assert_eq!(
                    run([input.as_bytes()].into_iter()),
                    oracle(input.as_bytes()),
                    "{beats} {before:?} {rest:?}"
                );
            }
        }
    }

    #[test]
    fn cr_lf_counts_as_one_heartbeat() {
        let count = |text: &'static str| {
            let mut stripper = Stripper::new();
            let _ = stripper.push(Bytes::from_static(text.as_bytes()));
            stripper.beats()
        };
        assert_eq!(count("\n\n\n{"), 3);
        assert_eq!(count("\r\n\r\n{"), 2);
        assert_eq!(count("\r\r{"), 2);
        assert_eq!(count("{\n\n}"), 0);
    }

    #[test]
    fn the_document_is_not_copied() {
        let chunk = Bytes::from_static(b"\n\n{\"a\":1}");
        let mut stripper = Stripper::new();
        assert_eq!(stripper.push(chunk.clone()).as_ptr(), chunk[2..].as_ptr());
        assert!(stripper.in_document());
        let next = Bytes::from_static(b"\n tail");
        assert_eq!(stripper.push(next.clone()).as_ptr(), next.as_ptr());
    }

    #[test]
    fn memory_does_not_grow_with_heartbeats() {
        let mut stripper = Stripper::new();
        // Miri is a thousand times slower.
        let size = if cfg!(miri) { 1 << 6 } else { 1 << 16 };
        let beats = Bytes::from(vec![b'\n'; size]);
        for _ in 0..64 {
            assert!(stripper.push(beats.clone()).is_empty());
        }
        assert_eq!(stripper.beats(), 64 * size as u64);
        assert!(size_of::<Stripper>() <= 16);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn agrees_with_the_oracle(
            input in proptest::collection::vec(
                prop_oneof![
                    4 => Just(b'\n'), 2 => Just(b'\r'), 1 => Just(b' '), 1 => Just(b'\t'), 1 => Just(0xEF),
                    1 => Just(0xBB), 1 => Just(0xBF), 1 => Just(b'{'), 1 => any::<u8>(),
                ],
                0..40,
            ),
            cuts in proptest::collection::vec(0usize..40, 0..8),
        ) {
            let mut cuts: Vec<usize> = cuts.into_iter().filter(|cut| *cut <= input.len()).collect();
            cuts.extend([0, input.len()]);
            cuts.sort_unstable();
            let chunks = cuts.windows(2).map(|pair| &input[pair[0]..pair[1]]);
            prop_assert_eq!(run(chunks), oracle(&input));
        }
    }
}
