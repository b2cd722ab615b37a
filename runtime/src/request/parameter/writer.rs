//! The bytes of a target and of header values.

use super::level::Delimiter;
use crate::{
    operation::Parameter,
    part::Part,
    request::{EncodeError, percent},
};
use bytes::{BufMut, Bytes, BytesMut};
use std::{
    fmt::{self, Write},
    mem,
};

/// How text is escaped.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Escaping {
    /// A path, a query or a form: percent-encoding.
    #[default]
    Percent,
    /// A header value: Latin-1 (RFC 9110, section 5.5).
    Latin1,
    /// A cookie: visible ASCII characters, without those that separate cookies (RFC 6265, section 4.1.1).
    Cookie,
}

/// The capacity for a target and its header values. Most requests need less.
const CAPACITY: usize = 512;

/// Writes values one after the other.
pub(crate) struct ParameterWriter {
    bytes: BytesMut,
    escaping: Escaping,
    /// The encoded key of the current entry, if it is not the name of a parameter.
    pub(super) key: BytesMut,
    /// The number of items of the current value. A value without items is not sent.
    items: usize,
    /// The parts of a multipart body.
    pub(super) parts: Vec<Part>,
}

/// A position to which a writer can return.
#[derive(Clone, Copy)]
pub(super) struct Position {
    length: usize,
    items: usize,
}

impl ParameterWriter {
    pub(crate) fn new() -> Self {
        Self { bytes: BytesMut::with_capacity(CAPACITY), ..Self::of_parts() }
    }

    /// A writer of parts, without the capacity for a target.
    pub(crate) fn of_parts() -> Self {
        Self {
            bytes: BytesMut::new(),
            escaping: Escaping::default(),
            key: BytesMut::new(),
            items: 0,
            parts: Vec::new(),
        }
    }

    pub(crate) fn into_parts(self) -> Vec<Part> {
        self.parts
    }

    /// Starts a path value, a query, a form or a header value.
    pub(crate) fn start(&mut self, escaping: Escaping) {
        self.escaping = escaping;
        self.items = 0;
    }

    /// The bytes since the last [`take`](Self::take).
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Appends text that is encoded already.
    pub(crate) fn push_encoded(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Replaces the byte at a position, if there is one.
    pub(crate) fn replace(&mut self, at: usize, byte: u8) {
        if let Some(place) = self.bytes.get_mut(at) {
            *place = byte;
        }
    }

    /// Takes the bytes. They share one allocation with the bytes that are taken before and after.
    pub(crate) fn take(&mut self) -> Bytes {
        self.bytes.split().freeze()
    }

    /// Whether the current value has an item.
    pub(crate) fn has_items(&self) -> bool {
        self.items > 0
    }

    pub(super) fn items(&self) -> usize {
        self.items
    }

    pub(super) fn start_items(&mut self) {
        self.items = 0;
    }

    /// The number of bytes since the last [`take`](Self::take).
    pub(super) fn length(&self) -> usize {
        self.bytes.len()
    }

    /// Appends a whole form, which is encoded already, after the `&` that starts every form.
    pub(super) fn whole_form(&mut self, form: &str) {
        self.bytes.put_u8(b'&');
        self.push_encoded(form);
    }

    pub(super) fn position(&self) -> Position {
        Position { length: self.bytes.len(), items: self.items }
    }

    pub(super) fn return_to(&mut self, position: Position) {
        self.bytes.truncate(position.length);
        self.items = position.items;
    }

    /// Appends `&`, the key and `=`. The caller replaces the first `&` of a query or a form.
    pub(super) fn start_pair(&mut self, parameter: Option<&Parameter>) {
        if let Some(parameter) = parameter {
            self.bytes.extend_from_slice(parameter.key().as_bytes());
        } else {
            self.bytes.put_u8(b'&');
            self.bytes.extend_from_slice(&self.key);
            self.bytes.put_u8(b'=');
        }
    }

    /// Appends `&`, the key, `=` and the text.
    pub(super) fn pair(&mut self, parameter: Option<&Parameter>, text: &str) {
        self.start_pair(parameter);
        percent::encode(&mut self.bytes, text);
    }

    /// Appends `; `, the name of the cookie, `=` and the text.
    pub(super) fn cookie_pair(&mut self, parameter: Option<&Parameter>, text: &str) -> Result<(), EncodeError> {
        self.start_pair(parameter);
        self.escaped(text)
    }

    /// Appends a whole value.
    pub(super) fn value(&mut self, text: &str) -> Result<(), EncodeError> {
        self.items += 1;
        self.escaped(text)
    }

    /// Starts an item of a joined list: with the delimiter, or in a query with the pair if it is the first item.
    pub(super) fn start_item(&mut self, delimiter: Delimiter, in_query: bool, parameter: Option<&Parameter>) {
        if self.items > 0 {
            self.bytes.extend_from_slice(delimiter.bytes());
        } else if in_query {
            self.start_pair(parameter);
        }
    }

    /// Appends an entry of an exploded object in a path or a header: [`key`](Self::key), `=` and the value.
    pub(super) fn simple_entry(
        &mut self,
        value: impl FnOnce(&mut Self) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        self.start_item(Delimiter::Comma, false, None);
        let key = mem::take(&mut self.key);
        let text = String::from_utf8_lossy(&key);
        let written = if self.escaping != Escaping::Percent && text.contains([',', '=', '"', ' ', '\t']) {
            Err(EncodeError::new(
                "has a key with a comma, `=`, a quote or a space, which no recipient could tell from the rest",
            ))
        } else {
            self.escaped(&text)
        };
        drop(text);
        self.key = key;
        written?;
        self.bytes.put_u8(b'=');
        value(self)
    }

    /// Appends an item. In a header, an item that a recipient would not read as one item is quoted (RFC 9110, sections 5.5
    /// and 5.6.4).
    pub(super) fn item(&mut self, text: &str) -> Result<(), EncodeError> {
        let needs_quotes = text.is_empty() || text.trim_matches([' ', '\t']) != text || text.contains([',', '"']);
        if self.escaping == Escaping::Percent || !needs_quotes {
            return self.value(text);
        }
        self.items += 1;
        self.quoted(text)
    }

    /// Appends the text of a `Display` as a whole value.
    pub(super) fn display(&mut self, value: fmt::Arguments<'_>) -> Result<(), EncodeError> {
        self.items += 1;
        let mut escaped = Escaped { writer: self, error: None };
        let written = escaped.write_fmt(value);
        match (escaped.error, written) {
            (Some(error), _) => Err(error),
            (None, Err(_)) => Err(EncodeError::display()),
            (None, Ok(())) => Ok(()),
        }
    }

    fn quoted(&mut self, text: &str) -> Result<(), EncodeError> {
        self.bytes.put_u8(b'"');
        for part in text.split_inclusive(['"', '\\']) {
            let special = part.strip_suffix(['"', '\\']);
            self.escaped(special.unwrap_or(part))?;
            if let Some(rest) = special {
                self.bytes.put_u8(b'\\');
                self.escaped(&part[rest.len()..])?;
            }
        }
        self.bytes.put_u8(b'"');
        Ok(())
    }

    fn escaped(&mut self, text: &str) -> Result<(), EncodeError> {
        match self.escaping {
            Escaping::Percent => {
                percent::encode(&mut self.bytes, text);
                Ok(())
            }
            Escaping::Latin1 => latin1(&mut self.bytes, text),
            Escaping::Cookie => cookie(&mut self.bytes, text),
        }
    }
}

/// Escapes the text of a `Display` as it is written.
struct Escaped<'a> {
    writer: &'a mut ParameterWriter,
    error: Option<EncodeError>,
}

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.writer.escaped(text).map_err(|error| {
            self.error = Some(error);
            fmt::Error
        })
    }
}

/// Appends the value of a cookie. Double quotes may stand around it, and are part of it.
fn cookie(out: &mut BytesMut, text: &str) -> Result<(), EncodeError> {
    let content = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    if content.bytes().all(is_cookie_octet) {
        out.extend_from_slice(text.as_bytes());
        return Ok(());
    }
    Err(EncodeError::new(
        "contains a character that a cookie cannot contain, such as a space, a comma or a semicolon; encode it as the API documents, for example with percent-encoding or base64",
    ))
}

/// Whether a cookie can contain the byte (RFC 6265, section 4.1.1).
pub(crate) fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\",;\\".contains(&byte)
}

/// Appends text as Latin-1, one byte for each character (RFC 9110, section 5.5).
fn latin1(out: &mut BytesMut, text: &str) -> Result<(), EncodeError> {
    if text.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~')) {
        out.extend_from_slice(text.as_bytes());
        return Ok(());
    }
    for character in text.chars() {
        match u8::try_from(character) {
            Ok(byte @ (b'\t' | b' '..=b'~' | 0xA0..)) => out.put_u8(byte),
            Ok(_) => {
                return Err(EncodeError::new("contains a control character, which a header cannot contain; remove it"));
            }
            Err(_) => {
                return Err(EncodeError::new(
                    "contains a character above U+00FF, which a header cannot contain; encode it as the API documents",
                ));
            }
        }
    }
    Ok(())
}
