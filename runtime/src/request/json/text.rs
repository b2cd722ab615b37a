//! Strings as JSON, the way `serde_json` writes them.

const HEX: &[u8; 16] = b"0123456789abcdef";

/// What follows the `\` for a byte that cannot stand for itself; 0 for one that can, `u` for a code.
const ESCAPES: [u8; 256] = {
    let mut table = [0; 256];
    let mut control = 0;
    while control < 0x20 {
        table[control] = b'u';
        control += 1;
    }
    table[0x08] = b'b';
    table[0x09] = b't';
    table[0x0A] = b'n';
    table[0x0C] = b'f';
    table[0x0D] = b'r';
    table[b'"' as usize] = b'"';
    table[b'\\' as usize] = b'\\';
    table
};

/// Appends `text` in quotes.
pub(super) fn write(out: &mut Vec<u8>, text: &str) {
    out.reserve(text.len() + 3);
    out.push(b'"');
    if is_plain(text.as_bytes()) {
        out.extend_from_slice(text.as_bytes());
    } else {
        escape(out, text.as_bytes());
    }
    out.push(b'"');
}

fn escape(out: &mut Vec<u8>, text: &[u8]) {
    let mut rest = text;
    while let Some(at) = rest.iter().position(|&byte| ESCAPES[usize::from(byte)] != 0) {
        let (plain, tail) = rest.split_at(at);
        out.extend_from_slice(plain);
        if let Some((&byte, after)) = tail.split_first() {
            match ESCAPES[usize::from(byte)] {
                b'u' => {
                    let digits = [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]];
                    out.extend_from_slice(b"\\u00");
                    out.extend_from_slice(&digits);
                }
                escape => out.extend_from_slice(&[b'\\', escape]),
            }
            rest = after;
        }
    }
    out.extend_from_slice(rest);
}

/// Whether every byte can stand for itself.
///
/// Blocks of one size and no branch for each byte, which compilers turn into vector instructions: a look at each byte
/// took a fifth of the time of a request with a body. The last block overlaps the one before it, so that no bytes are
/// left over.
fn is_plain(text: &[u8]) -> bool {
    if let (Some(first), Some(last)) = (text.first_chunk::<16>(), text.last_chunk::<16>()) {
        let (_, rest) = text.split_at(16);
        let mut blocks = rest.chunks_exact(16).filter_map(|block| block.first_chunk::<16>());
        return is_plain_block(first) && blocks.all(is_plain_block) && is_plain_block(last);
    }
    if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        return is_plain_block(first) && is_plain_block(last);
    }
    text.iter().all(|&byte| ESCAPES[usize::from(byte)] == 0)
}

fn is_plain_block<const N: usize>(block: &[u8; N]) -> bool {
    let special = |byte: u8| u8::from(byte < 0x20) | u8::from(byte == b'"') | u8::from(byte == b'\\');
    block.iter().fold(0, |found, &byte| found | special(byte)) == 0
}
