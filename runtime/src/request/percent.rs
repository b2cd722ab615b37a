//! Percent-encoding (RFC 3986, section 2.1): every byte except the unreserved characters.

use bytes::{BufMut, BytesMut};

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Whether each byte is an unreserved character (RFC 3986, section 2.3).
const UNRESERVED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    table
};

/// Appends the encoded text.
pub(crate) fn encode(out: &mut BytesMut, text: &str) {
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|byte| !UNRESERVED[usize::from(*byte)]) {
        let (unreserved, reserved) = rest.split_at(at);
        out.extend_from_slice(unreserved);
        let Some((byte, after)) = reserved.split_first() else { return };
        out.put_slice(&[b'%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        rest = after;
    }
    out.extend_from_slice(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str) -> String {
        let mut out = BytesMut::new();
        encode(&mut out, text);
        String::from_utf8(out.to_vec()).unwrap()
    }

    #[test]
    fn only_unreserved_characters_are_not_encoded() {
        let unreserved = "ABCXYZabcxyz0189-._~";
        assert_eq!(encoded(unreserved), unreserved);
        assert_eq!(encoded(":/?#[]@!$&'()*+,;="), "%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D");
        assert_eq!(encoded("50% é😀\t"), "50%25%20%C3%A9%F0%9F%98%80%09");
        assert_eq!(encoded(""), "");
        assert_eq!(encoded(&"/".repeat(50)), "%2F".repeat(50));
        assert_eq!(encoded(&format!("{unreserved}{unreserved}\u{7F}")), format!("{unreserved}{unreserved}%7F"));
    }

    #[test]
    fn a_byte_is_encoded_at_every_position() {
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
