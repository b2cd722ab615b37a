//! Percent-encoding (RFC 3986, section 2.1): every byte but the unreserved ones.

use super::scan;

const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// 0 for an unreserved byte, in the form that [`scan`] wants.
fn flaw(byte: u8) -> u8 {
    let letter = (byte | 0x20).wrapping_sub(b'a').saturating_sub(25);
    let digit = byte.wrapping_sub(b'0').saturating_sub(9);
    let dash_or_dot = byte.wrapping_sub(b'-').saturating_sub(1);
    letter.min(digit).min(dash_or_dot).min(byte ^ b'_').min(byte ^ b'~')
}

/// How each byte is written that may not stand for itself; zeros for the others.
const ENCODED: [[u8; 3]; 256] = {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut table = [[0; 3]; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "the loop ends at 255")]
        if !is_unreserved(byte as u8) {
            table[byte] = [b'%', HEX[byte >> 4], HEX[byte & 15]];
        }
        byte += 1;
    }
    table
};

/// Appends the bytes of `text`, encoded.
///
/// What stands for itself is copied as blocks of one size, of which the end is taken back: a copy whose length is known when
/// this is compiled is two instructions, and any other is a call. Such runs are short, as most values are; looking at byte
/// after byte and copying each run took 1.4 times the instructions.
#[inline]
pub(super) fn encode(out: &mut Vec<u8>, text: &[u8]) {
    let mut rest = text;
    while !rest.is_empty() {
        let block = scan::block_of(rest);
        let plain = scan::first(block, flaw);
        let end = out.len() + plain;
        out.extend_from_slice(&block);
        out.truncate(end);
        let Some((_, tail)) = rest.split_at_checked(plain) else { return };
        rest = tail;
        while let [byte, after @ ..] = rest
            && let encoded @ [b'%', ..] = &ENCODED[usize::from(*byte)]
        {
            out.extend_from_slice(encoded);
            rest = after;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str) -> String {
        let mut out = Vec::new();
        encode(&mut out, text.as_bytes());
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_scan_finds_what_is_not_unreserved() {
        for byte in 0..=u8::MAX {
            assert_eq!(flaw(byte) == 0, is_unreserved(byte), "{byte}");
        }
    }

    #[test]
    fn only_unreserved_characters_stand_for_themselves() {
        let plain = "ABCXYZabcxyz0189-._~";
        assert_eq!(encoded(plain), plain);
        assert_eq!(encoded(":/?#[]@!$&'()*+,;="), "%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D");
        assert_eq!(encoded("50% é😀\t"), "50%25%20%C3%A9%F0%9F%98%80%09");
        assert_eq!(encoded(""), "");
        assert_eq!(encoded(&"/".repeat(50)), "%2F".repeat(50));
        assert_eq!(encoded(&format!("{plain}{plain}\u{7F}")), format!("{plain}{plain}%7F"));
    }
    #[test]
    fn a_byte_is_encoded_wherever_it_stands() {
        for length in 1..40 {
            for at in 0..length {
                for (special, escaped) in [("/", "%2F"), ("//", "%2F%2F"), ("\0", "%00"), ("é", "%C3%A9")] {
                    let (before, after) = ("x".repeat(at), "y".repeat(length - at - 1));
                    assert_eq!(encoded(&format!("{before}{special}{after}")), format!("{before}{escaped}{after}"));
                }
            }
        }
    }
}
