//! Where the parts of a request are collected: the target, header values and the body, one after the other.

use super::{EncodeError, percent, scan};
use crate::operation::Parameter;
use bytes::Bytes;
use std::{cell::Cell, mem, ops::Range};

/// What the next bytes are, which decides how text is escaped.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Medium {
    /// A path and query, or a form: percent-encoded.
    #[default]
    Url,
    /// A header value: Latin-1.
    Header,
}

/// The bytes so far and what the next ones need to know.
#[derive(Default)]
pub(super) struct Output {
    pub(super) bytes: Vec<u8>,
    pub(super) medium: Medium,
    /// The encoded key of the entry at hand, for keys that are not known before run time.
    pub(super) key: Vec<u8>,
    /// For values that are written by `Display`, until they are encoded.
    pub(super) text: String,
    /// How many items the value at hand has, if it is a list.
    pub(super) items: usize,
    /// The headers that are sent, and where their values are.
    pub(super) headers: Vec<(&'static Parameter, Range<usize>)>,
}

/// A place in the output.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    len: usize,
    items: usize,
}

thread_local! {
    /// The buffers of the last request, so that the next one finds them large enough. [`Output::freeze`] copies out
    /// of them: a request then takes one allocation of the right size, and growing none.
    static BUFFERS: Cell<Option<Box<Output>>> = const { Cell::new(None) };
}

/// What most requests fit in.
const FIRST: usize = 1024;

/// The longest request that is copied out of the buffers.
const COPIED: usize = 16 << 10;

/// Bytes in the place where their reference count is, so that both take one allocation. The sizes stay below the 1 KiB
/// from which on a common allocator (glibc's) tidies up at each allocation: measured, a tenth of a request.
struct Inline<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> AsRef<[u8]> for Inline<N> {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}

fn inline<const N: usize>(bytes: &[u8]) -> Bytes {
    let mut inline = Inline { bytes: [0; N], len: bytes.len() };
    inline.bytes[..bytes.len()].copy_from_slice(bytes);
    Bytes::from_owner(inline)
}

impl Output {
    /// An empty output. It has the buffers of the thread's last request, unless one is being built: a value may build
    /// a request of its own while it is serialized.
    #[expect(clippy::unnecessary_box_returns, reason = "moving what is in it, here and back, took 70 instructions")]
    pub(super) fn take() -> Box<Self> {
        let mut output = BUFFERS.try_with(Cell::take).ok().flatten().unwrap_or_default();
        output.bytes.reserve(FIRST);
        output
    }

    /// The bytes, to be shared by the parts of the request.
    pub(super) fn freeze(&mut self) -> Bytes {
        match self.bytes.len() {
            0..=128 => inline::<128>(&self.bytes),
            129..=256 => inline::<256>(&self.bytes),
            257..=384 => inline::<384>(&self.bytes),
            385..=512 => inline::<512>(&self.bytes),
            513..=704 => inline::<704>(&self.bytes),
            705..=960 => inline::<960>(&self.bytes),
            961..=COPIED => Bytes::copy_from_slice(&self.bytes),
            // Too much to copy, and to keep until the next request.
            _ => Bytes::from(mem::take(&mut self.bytes)),
        }
    }

    /// Leaves the buffers to the thread's next request.
    pub(super) fn release(mut self: Box<Self>) {
        self.bytes.clear();
        self.key.clear();
        self.text.clear();
        self.headers.clear();
        // A thread that is about to end has no place for them.
        let _ = BUFFERS.try_with(|buffers| buffers.set(Some(self)));
    }

    /// Begins a path, a query, a form or a header value.
    pub(super) fn begin(&mut self, medium: Medium) -> usize {
        self.medium = medium;
        self.items = 0;
        self.bytes.len()
    }

    /// Where the output stands, to come back to.
    pub(super) fn mark(&self) -> Mark {
        Mark { len: self.bytes.len(), items: self.items }
    }

    pub(super) fn rewind(&mut self, mark: Mark) {
        self.bytes.truncate(mark.len);
        self.items = mark.items;
    }

    /// `&`, the key and `=`. Who begins a query or a form takes care of the first `&`.
    #[inline]
    pub(super) fn begin_pair(&mut self, key: Option<&Parameter>) {
        match key {
            Some(parameter) => self.bytes.extend_from_slice(parameter.key().as_bytes()),
            None => self.begin_entry(),
        }
    }

    /// By itself, so that the pairs with a known key, which are most, need not save the registers that it takes.
    #[inline(never)]
    fn begin_entry(&mut self) {
        self.bytes.push(b'&');
        self.bytes.extend_from_slice(&self.key);
        self.bytes.push(b'=');
    }

    /// `&`, the key, `=` and the text.
    pub(super) fn pair(&mut self, key: Option<&Parameter>, text: &str) {
        self.begin_pair(key);
        percent::encode(&mut self.bytes, text.as_bytes());
    }

    /// The same for a text without anything to encode.
    pub(super) fn plain_pair(&mut self, key: Option<&Parameter>, text: &str) {
        self.begin_pair(key);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(super) fn text(&mut self, text: &str) -> Result<(), EncodeError> {
        match self.medium {
            Medium::Url => percent::encode(&mut self.bytes, text.as_bytes()),
            Medium::Header => latin1(&mut self.bytes, text)?,
        }
        Ok(())
    }

    /// An item of a list in a header is quoted where it would not be read back as one item
    /// (RFC 9110, sections 5.5 and 5.6.4).
    pub(super) fn item(&mut self, text: &str) -> Result<(), EncodeError> {
        let plain = !text.is_empty() && text.trim_matches([' ', '\t']) == text && !text.contains([',', '"']);
        if self.medium == Medium::Url || plain {
            return self.text(text);
        }
        self.bytes.push(b'"');
        for part in text.split_inclusive(['"', '\\']) {
            let escaped = part.strip_suffix(['"', '\\']);
            self.text(escaped.unwrap_or(part))?;
            if let Some(rest) = escaped {
                self.bytes.push(b'\\');
                self.text(&part[rest.len()..])?;
            }
        }
        self.bytes.push(b'"');
        Ok(())
    }
}

/// Text as the bytes of a header value: one byte a character (RFC 9110, section 5.5).
fn latin1(out: &mut Vec<u8>, text: &str) -> Result<(), EncodeError> {
    if scan::all(text.as_bytes(), |byte| byte.wrapping_sub(b' ').saturating_sub(94).min(byte ^ b'\t')) {
        out.extend_from_slice(text.as_bytes());
        return Ok(());
    }
    for character in text.chars() {
        match u8::try_from(character) {
            Ok(byte @ (b'\t' | b' '..=b'~' | 0xA0..)) => out.push(byte),
            Ok(_) => return Err(EncodeError::new("has a control character, which no header may carry; take it out")),
            Err(_) => {
                return Err(EncodeError::new(
                    "has a character above U+00FF, which no header can carry; encode it the way the API asks for",
                ));
            }
        }
    }
    Ok(())
}
