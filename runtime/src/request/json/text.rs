//! Strings as JSON, the way `serde_json` writes them.

use crate::request::{EncodeError, scan};
use std::fmt::{self, Write};

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

/// 0 for a byte that can stand for itself, in the form that [`scan`] wants.
fn flaw(byte: u8) -> u8 {
    1_u8.saturating_sub(byte.saturating_sub(0x1F).min(byte ^ b'"').min(byte ^ b'\\'))
}

/// Appends `text` in quotes.
pub(super) fn write(out: &mut Vec<u8>, text: &str) {
    quote(out, text, b"\"");
}

/// Appends `name` in quotes, and the colon after it.
pub(super) fn write_key(out: &mut Vec<u8>, name: &str) {
    quote(out, name, b"\":");
}

/// Appends what `Display` writes, in quotes.
pub(super) fn display(out: &mut Vec<u8>, value: fmt::Arguments<'_>) -> Result<(), EncodeError> {
    out.push(b'"');
    Pieces(out).write_fmt(value).map_err(|_| EncodeError::display())?;
    out.push(b'"');
    Ok(())
}

struct Pieces<'a>(&'a mut Vec<u8>);

impl Write for Pieces<'_> {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        contents(self.0, piece);
        Ok(())
    }
}

#[inline]
fn quote<const N: usize>(out: &mut Vec<u8>, text: &str, close: &[u8; N]) {
    out.push(b'"');
    contents(out, text);
    out.extend_from_slice(close);
}

#[inline]
fn contents(out: &mut Vec<u8>, text: &str) {
    if scan::all(text.as_bytes(), flaw) {
        out.extend_from_slice(text.as_bytes());
    } else {
        escape(out, text.as_bytes());
    }
}

#[inline(never)]
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
