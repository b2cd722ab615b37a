//! A look at the outline of a JSON document: where its strings and brackets end.
//!
//! It tells what is neither cut nor an error envelope, which is nearly every answer, from what [`envelope`] has to read.
//! For an answer of 190 bytes it takes 1,500 instructions instead of 3,900, and half the time.
//!
//! [`envelope`]: super::envelope::envelope

/// Whether a document ends where its first bracket is closed, and has no `statusCode` at the top.
///
/// What it says no to may still be both, as text on its own is. What it says yes to may still not be JSON, which decoding
/// tells; but reading that will not come to an unexpected end, as up to its first mistake it has the same outline.
pub(super) fn is_settled(document: &[u8]) -> bool {
    let mut rest = document;
    let mut depth = 0_usize;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return depth == 1 && rest.trim_ascii_start().is_empty(),
            b'}' | b']' => depth -= 1,
            b'"' => {
                let Some(string) = string(rest) else { return false };
                // Escaped, it may be any text.
                if depth <= 1 && (string.escaped || string.text == b"statusCode") {
                    return false;
                }
                rest = string.after;
            }
            _ => {}
        }
    }
    false
}

struct Closed<'a> {
    text: &'a [u8],
    escaped: bool,
    after: &'a [u8],
}

/// The string that begins after a quote, if it has an end.
fn string(document: &[u8]) -> Option<Closed<'_>> {
    let mut at = 0;
    let mut escaped = false;
    loop {
        at += quote_or_backslash(document.get(at..)?)?;
        let (text, rest) = document.split_at_checked(at)?;
        match rest {
            [b'"', after @ ..] => return Some(Closed { text, escaped, after }),
            // The four digits belong to it: without them, a reader comes to the end of the document.
            [_, b'u', ..] => at += 6,
            _ => at += 2,
        }
        escaped = true;
    }
}

/// Where the first of the two is. Eight bytes at a time, as in `serde_json`, as most texts have more.
fn quote_or_backslash(text: &[u8]) -> Option<usize> {
    const EACH: u64 = u64::MAX / 0xFF;
    // The lowest byte that is zero has its highest bit set in the result, and none below it has.
    let zeros = |word: u64| word.wrapping_sub(EACH) & !word & (EACH << 7);
    let mut rest = text;
    while let Some((word, after)) = rest.split_first_chunk::<8>() {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ (EACH * u64::from(b'"'))) | zeros(word ^ (EACH * u64::from(b'\\')));
        if found != 0 {
            return Some(text.len() - rest.len() + (found.trailing_zeros() / 8) as usize);
        }
        rest = after;
    }
    let at = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
    Some(text.len() - rest.len() + at)
}

#[cfg(test)]
mod tests {
    use super::{super::envelope::envelope, *};
    use proptest::prelude::*;

    #[test]
    fn most_documents_are_settled() {
        for document in [
            "{}",
            "[]\n",
            r#"{"a":1,"b":[{"c":"d"},[]],"message":"m"} "#,
            r#"{"data":{"statusCode":422,"message":"m"},"note":"longer than eight bytes"}"#,
            r#"[{"a":"\"}\\","b":"{\u0022["}]"#,
        ] {
            assert!(is_settled(document.as_bytes()), "{document}");
        }
    }

    #[test]
    fn what_is_cut_or_an_envelope_is_not() {
        let whole = r#"{"statusCode":422,"message":"m","data":[{"a":"\"}\u00e9"},"]"]}"#;
        for end in 0..=whole.len() {
            assert!(!is_settled(&whole.as_bytes()[..end]), "{}", &whole[..end]);
        }
        for document in ["", "1", "\"a\"", "]", "{}}", "{} {}", r#"{"status\u0043ode":422}"#, r#"{"a":["\u1"]}"#] {
            assert!(!is_settled(document.as_bytes()), "{document}");
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
        fn what_is_settled_needs_no_reading(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..12),
        ) {
            let document = pieces.concat();
            for document in [format!("{{{document}}}"), format!("[{document}]"), document] {
                if is_settled(document.as_bytes()) {
                    match envelope(document.as_bytes()) {
                        Ok(found) => prop_assert_eq!(found, None, "{}", document),
                        Err(error) => prop_assert!(!error.is_eof(), "{}: {}", document, error),
                    }
                }
            }
        }
    }
}
