//! A scan of a JSON document for its brackets, its strings and one key, without parsing it.
//!
//! Most documents are complete and are no error envelope. The scan recognises most of these, and
//! [`error_envelope`](super::error_envelope::error_envelope) then does not have to parse them. Parsing a page of 1 MiB
//! takes half as long as decoding it, and the scan a twentieth: see "an answer after three beats, decoded" in
//! `benches/RESULTS.md`.

/// Whether a document ends where its first bracket is closed, and has no key `statusCode` at its top level.
///
/// `false` means that the document has to be parsed: it may still be complete and no error envelope. `true` does not mean
/// that the document is valid JSON. It means that a parser does not reach the end of the document unexpectedly.
pub(super) fn is_complete_without_envelope(document: &[u8]) -> bool {
    let mut rest = document;
    let mut depth = 0_usize;
    let mut in_string = false;
    while let Some((mark, after)) = next_mark(rest, &mut in_string) {
        rest = after;
        match mark {
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string && depth > 1 => depth -= 1,
            b'}' | b']' if !in_string => return depth == 1 && rest.trim_ascii_start().is_empty(),
            // An escaped key may be `statusCode`.
            b'\\' if depth <= 1 => return false,
            b'\\' if in_string => {
                // A parser needs the four digits of `\\u`, or it reaches the end of the document.
                let escaped = if rest.first() == Some(&b'u') { 5 } else { 1 };
                let Some(after) = rest.get(escaped..) else { return false };
                rest = after;
            }
            b'C' if depth <= 1 && rest.starts_with(b"ode") => {
                let before = &document[..document.len() - rest.len()];
                if before.ends_with(b"statusC") {
                    return false;
                }
            }
            _ => {}
        }
    }
    false
}

/// Whether the byte is a bracket, a backslash, or the capital letter of `statusCode`. `|` matches too and has no effect.
fn is_mark(byte: u8) -> bool {
    // `[`, `\\` and `]` differ from `{`, `|` and `}` in one bit.
    matches!(byte | 0x20, b'{'..=b'}') || byte == b'C'
}

/// The next mark and the bytes after it. Each quote before the mark starts or ends a string.
fn next_mark<'a>(document: &'a [u8], in_string: &mut bool) -> Option<(u8, &'a [u8])> {
    // The compiler turns a block of 16 bytes into vector instructions.
    const BLOCK: usize = 16;
    let mut rest = document;
    let mut quotes = [0; BLOCK];
    while let Some((block, after)) = rest.split_first_chunk::<BLOCK>()
        && !block.iter().fold(false, |any, byte| any | is_mark(*byte))
    {
        for (odd, byte) in quotes.iter_mut().zip(block) {
            *odd ^= u8::from(*byte == b'"');
        }
        rest = after;
    }
    *in_string ^= quotes.iter().fold(0, |odd, quote| odd ^ quote) == 1;
    let at = rest.iter().position(|byte| {
        *in_string ^= *byte == b'"';
        is_mark(*byte)
    })?;
    let (mark, after) = rest.get(at..)?.split_first()?;
    Some((*mark, after))
}

#[cfg(test)]
mod tests {
    use super::{super::error_envelope::error_envelope, *};
    use proptest::prelude::*;

    #[test]
    fn most_documents_need_no_parsing() {
        for document in [
            "{}",
            "[]\n",
            r#"{"a":1,"b":[{"c":"d"},[]],"message":"m"} "#,
            r#"{"data":{"statusCode":422,"message":"m"},"note":"longer than sixteen bytes"}"#,
            r#"[{"a":"\"}\\","b":"{\u0022["}]"#,
        ] {
            assert!(is_complete_without_envelope(document.as_bytes()), "{document}");
        }
    }

    #[test]
    fn half_documents_and_error_envelopes_need_parsing() {
        let whole = r#"{"statusCode":422,"message":"m","data":[{"a":"\"}\u00e9"},"]"]}"#;
        for end in 0..=whole.len() {
            assert!(!is_complete_without_envelope(&whole.as_bytes()[..end]), "{}", &whole[..end]);
        }
        for document in ["", "1", "\"a\"", "]", "{}}", "{} {}", r#"{"status\u0043ode":422}"#, r#"{"a":["\u1"]}"#] {
            assert!(!is_complete_without_envelope(document.as_bytes()), "{document}");
        }
    }

    const PIECES: &[&str] = &[
        "\"",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\\",
        "\\u",
        "12",
        " ",
        "null",
        "a text",
        "\"a\":\"b\"",
        "\"key\":{",
        "\"statusCode\":422",
        "\"message\":\"m\"",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 5000, ..ProptestConfig::default() })]

        #[test]
        fn what_is_complete_without_envelope_needs_no_reading(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..12),
        ) {
            let document = pieces.concat();
            for document in [format!("{{{document}}}"), format!("[{document}]"), document] {
                if is_complete_without_envelope(document.as_bytes()) {
                    match error_envelope(document.as_bytes()) {
                        Ok(found) => prop_assert_eq!(found, None, "{}", document),
                        Err(error) => prop_assert!(!error.is_eof(), "{}: {}", document, error),
                    }
                }
            }
        }
    }
}
