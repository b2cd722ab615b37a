//! A deserializer of one header.

use super::HeaderError;
use serde::{
    de::{DeserializeSeed, Deserializer, SeqAccess, Visitor, value::StrDeserializer},
    forward_to_deserialize_any,
};
use std::{any::type_name, borrow::Cow, fmt::Display, str::FromStr};

/// The lines of a header.
#[derive(Clone, Copy)]
pub(crate) struct FieldValues<'a> {
    lines: &'a [Cow<'a, str>],
    /// Whether a comma separates items.
    splits: bool,
}

impl<'a> FieldValues<'a> {
    pub(crate) fn new(lines: &'a [Cow<'a, str>], splits: bool) -> Self {
        Self { lines, splits }
    }

    /// The whole value.
    fn text(self) -> Result<Cow<'a, str>, HeaderError> {
        match self.lines {
            [] => Err(HeaderError::new("", "is missing")),
            [line] => Ok(Cow::Borrowed(line)),
            lines => Ok(lines.join(", ").into()),
        }
    }

    fn parse<T: FromStr<Err: Display>>(self) -> Result<T, HeaderError> {
        let text = self.text()?;
        text.parse().map_err(|error| HeaderError::new("", format!("is not a `{}`: {error}", type_name::<T>())))
    }
}

macro_rules! parsed {
    ($($deserialize:ident $visit:ident)*) => {$(
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, HeaderError> {
            visitor.$visit(self.parse()?)
        }
    )*};
}

impl<'de> Deserializer<'de> for FieldValues<'_> {
    type Error = HeaderError;

    parsed! {
        deserialize_i8 visit_i8 deserialize_i16 visit_i16 deserialize_i32 visit_i32 deserialize_i64 visit_i64
        deserialize_i128 visit_i128 deserialize_u8 visit_u8 deserialize_u16 visit_u16 deserialize_u32 visit_u32
        deserialize_u64 visit_u64 deserialize_u128 visit_u128 deserialize_f32 visit_f32 deserialize_f64 visit_f64
        deserialize_bool visit_bool
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, HeaderError> {
        visitor.visit_str(&self.text()?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, HeaderError> {
        if self.lines.is_empty() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, HeaderError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, HeaderError> {
        visitor.visit_enum(StrDeserializer::new(&self.text()?))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, HeaderError> {
        visitor.visit_seq(Items { lines: self.lines.iter(), line: "", splits: self.splits })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, HeaderError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, HeaderError> {
        self.deserialize_seq(visitor)
    }

    forward_to_deserialize_any! { char str string bytes byte_buf unit unit_struct map struct identifier ignored_any }
}

/// The items of a list, one after the other: the lines, or else what commas separate. There, empty items do not count (RFC 9110,
/// section 5.6.1.2).
struct Items<'a> {
    lines: std::slice::Iter<'a, Cow<'a, str>>,
    /// The rest of the current line.
    line: &'a str,
    splits: bool,
}

impl<'a> Items<'a> {
    fn next_item(&mut self) -> Option<&'a str> {
        if !self.splits {
            return self.lines.next().map(|line| &**line);
        }
        loop {
            if self.line.is_empty() {
                self.line = self.lines.next()?;
            }
            let (item, rest) = split_item(self.line);
            self.line = rest;
            let item = item.trim_matches([' ', '\t']);
            if !item.is_empty() {
                return Some(item);
            }
        }
    }
}

/// The text up to the next comma that is not in a quoted string, and the text after it.
fn split_item(line: &str) -> (&str, &str) {
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_quoted => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => return (&line[..at], &line[at + 1..]),
            _ => {}
        }
    }
    (line, "")
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = HeaderError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, HeaderError> {
        let Some(item) = self.next_item() else { return Ok(None) };
        seed.deserialize(FieldValues::new(&[Cow::Borrowed(item)], false)).map(Some)
    }
}
