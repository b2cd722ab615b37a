//! Where encoded parameters are collected: the request target, a header's value, or a form.

use super::{Problem, percent};

/// What the bytes will be, which decides how text is escaped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Medium {
    /// A path and query, or a form: percent-encoded.
    Url,
    /// A header value: Latin-1.
    Header,
}

/// The bytes so far and what the next ones need to know.
pub(super) struct Output {
    pub(super) bytes: Vec<u8>,
    pub(super) medium: Medium,
    /// What goes before the next `key=value`.
    separator: &'static [u8],
    /// The encoded key of the entry at hand, for keys that are not known before run time.
    pub(super) key: Vec<u8>,
    /// How many items the list at hand has.
    pub(super) items: usize,
}

/// A place in the output.
pub(super) struct Mark {
    len: usize,
    separator: &'static [u8],
    items: usize,
}

impl Output {
    /// For a path and its query.
    pub(super) fn target(capacity: usize) -> Self {
        Self::new(Vec::with_capacity(capacity), Medium::Url, b"?")
    }

    /// For an `application/x-www-form-urlencoded` body.
    pub(super) fn form() -> Self {
        Self::new(Vec::new(), Medium::Url, b"")
    }

    /// For one header value.
    pub(super) fn header() -> Self {
        Self::new(Vec::new(), Medium::Header, b"")
    }

    fn new(bytes: Vec<u8>, medium: Medium, separator: &'static [u8]) -> Self {
        Self { bytes, medium, separator, key: Vec::new(), items: 0 }
    }

    /// Where the output stands, to come back to.
    pub(super) fn mark(&self) -> Mark {
        Mark { len: self.bytes.len(), separator: self.separator, items: self.items }
    }

    pub(super) fn rewind(&mut self, mark: Mark) {
        self.bytes.truncate(mark.len);
        self.separator = mark.separator;
        self.items = mark.items;
    }

    /// `?` or `&`, the key and `=`.
    pub(super) fn begin_pair(&mut self, key: Option<&str>) {
        self.bytes.extend_from_slice(self.separator);
        self.separator = b"&";
        match key {
            Some(name) => percent::encode(&mut self.bytes, name.as_bytes()),
            None => self.bytes.extend_from_slice(&self.key),
        }
        self.bytes.push(b'=');
    }

    pub(super) fn text(&mut self, text: &str) -> Result<(), Problem> {
        match self.medium {
            Medium::Url => percent::encode(&mut self.bytes, text.as_bytes()),
            Medium::Header => latin1(&mut self.bytes, text)?,
        }
        Ok(())
    }

    /// An item of a list in a header is quoted where it would not be read back as one item
    /// (RFC 9110, sections 5.5 and 5.6.4).
    pub(super) fn item(&mut self, text: &str) -> Result<(), Problem> {
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
fn latin1(out: &mut Vec<u8>, text: &str) -> Result<(), Problem> {
    if text.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~')) {
        out.extend_from_slice(text.as_bytes());
        return Ok(());
    }
    out.reserve_exact(text.len());
    for character in text.chars() {
        match u8::try_from(character) {
            Ok(byte @ (b'\t' | b' '..=b'~' | 0xA0..)) => out.push(byte),
            Ok(_) => return Err(Problem::new("has a control character, which no header may carry; take it out")),
            Err(_) => {
                return Err(Problem::new(
                    "has a character above U+00FF, which no header can carry; encode it the way the API asks for",
                ));
            }
        }
    }
    Ok(())
}
