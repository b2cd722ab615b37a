//! A serde serializer that writes one parameter in its `OpenAPI` style.

use super::{
    EncodeError,
    compound::{Compound, State},
    json::{Frame, is_verbatim},
    number,
    output::Output,
};
use crate::operation::{Parameter, Style};
use serde::ser::{Impossible, Serialize, Serializer};
use std::{
    fmt::{self, Display, Write},
    mem,
};

/// What can be a parameter: whatever serde can write as a scalar, a list of scalars, or an object where the style
/// has a form for one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a parameter",
    label = "does not implement `serde::Serialize`",
    note = "strings, numbers, `bool`, `char`, `stackone::Timestamp`, unit enums and newtypes of these can, and lists of them",
    note = "for your own type, add `#[derive(serde::Serialize)]`; for a type parameter, the bound `serde::Serialize`"
)]
pub trait Param: Value {}

#[diagnostic::do_not_recommend]
impl<T: Serialize> Param for T {}

/// A value on its way into a path, a query or a header.
///
/// Its method is the only code made for each type; everything it calls is compiled once.
pub trait Value {
    #[doc(hidden)]
    fn encode(&self, encoder: Encoder<'_>) -> Result<(), EncodeError>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> Value for T {
    fn encode(&self, encoder: Encoder<'_>) -> Result<(), EncodeError> {
        self.serialize(encoder)
    }
}

/// Writes one value at one level of a parameter.
#[expect(missing_debug_implementations, reason = "holds values, which may be secret")]
pub struct Encoder<'a> {
    pub(super) out: &'a mut Output,
    /// The parameter whose name is the key of a pair, or `None` for the key in [`Output::key`].
    pub(super) name: Option<&'a Parameter>,
    pub(super) level: Level,
}

/// What is being written, which decides what a scalar, a list and an object become.
///
/// | level | scalar | list | object |
/// | --- | --- | --- | --- |
/// | `Simple`, `Joined` | the text, a pair | joined | joined keys and values |
/// | `Exploded` | a pair | a pair each | a pair each, under its own key |
/// | `Deep` | refused, then a pair | refused, then a pair each | a level deeper |
/// | `Flat` | refused | refused | a pair each, under its own key |
/// | `Entry` | a pair | a pair each | JSON in a pair |
/// | `Repeated` | a pair | JSON in a pair | JSON in a pair |
/// | `Item` | an item | JSON in an item | JSON in an item |
// Its tag has a byte of its own: hidden in one of the `bool`s, it took five instructions of every value to tell.
#[repr(u8)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// A whole value that is no pair: a path segment, a header.
    Simple,
    /// A whole query parameter whose parts are joined.
    Joined(Delimiter),
    /// A whole query parameter whose parts are parameters.
    Exploded,
    /// A `deepObject`; within one if `nested`.
    Deep { nested: bool },
    /// A value whose keys become parameters.
    Flat,
    /// A value under its own key in an exploded object.
    Entry,
    /// An item of a list that repeats its key.
    Repeated,
    /// An item of a joined list; `pair` if the first one opens a pair.
    Item { delimiter: Delimiter, pair: bool },
}

impl Level {
    /// Whether a scalar is a pair. Asked before anything else: most values are scalars in a query.
    fn is_pair(self) -> bool {
        matches!(self, Self::Joined(_) | Self::Exploded | Self::Deep { nested: true } | Self::Entry | Self::Repeated)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Delimiter {
    Comma,
    Space,
    Pipe,
}

impl Delimiter {
    const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Comma => b",",
            Self::Space => b"%20",
            Self::Pipe => b"|",
        }
    }
}

impl<'a> Encoder<'a> {
    /// For a path segment or a header.
    pub(super) fn simple(out: &'a mut Output) -> Self {
        Self { out, name: None, level: Level::Simple }
    }

    /// For a query parameter.
    pub(super) fn query(out: &'a mut Output, parameter: &'a Parameter) -> Self {
        let level = match parameter.style() {
            Style::DeepObject => Level::Deep { nested: false },
            Style::Flatten => Level::Flat,
            _ if parameter.explode() => Level::Exploded,
            Style::Form | Style::Simple => Level::Joined(Delimiter::Comma),
            Style::SpaceDelimited => Level::Joined(Delimiter::Space),
            Style::PipeDelimited => Level::Joined(Delimiter::Pipe),
        };
        Self { out, name: Some(parameter), level }
    }

    /// For a form, whose fields are parameters.
    pub(super) fn form(out: &'a mut Output) -> Self {
        Self { out, name: None, level: Level::Flat }
    }

    pub(super) fn scalar(self, text: &str) -> Result<(), EncodeError> {
        if self.level.is_pair() {
            self.out.pair(self.name, text);
            return Ok(());
        }
        self.write(text, Output::item)
    }

    /// A scalar without anything to encode.
    fn plain(self, text: &str) -> Result<(), EncodeError> {
        if self.level.is_pair() {
            self.out.plain_pair(self.name, text);
            return Ok(());
        }
        self.write(text, Output::item)
    }

    /// What `Display` writes, by way of a text that is kept for the next one.
    fn display(self, value: fmt::Arguments<'_>) -> Result<(), EncodeError> {
        let Self { out, name, level } = self;
        let mut text = mem::take(&mut out.text);
        text.clear();
        text.write_fmt(value).map_err(|_| EncodeError::display())?;
        let written = Encoder { out, name, level }.scalar(&text);
        out.text = text;
        written
    }

    /// `item` is how the text is written if it is an item of a list.
    #[inline(never)]
    pub(super) fn write(
        self,
        text: &str,
        item: fn(&mut Output, &str) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        let Self { out, name, level } = self;
        let write = match level {
            Level::Deep { nested: false } => {
                return Err(EncodeError::new("is not an object, and `style = \"deepObject\"` can write nothing else"));
            }
            Level::Flat => return Err(EncodeError::new("is not an object: it has no keys to become parameters")),
            Level::Item { delimiter, .. } if out.items > 0 => {
                out.bytes.extend_from_slice(delimiter.bytes());
                item
            }
            Level::Item { pair, .. } => {
                if pair {
                    out.begin_pair(name);
                }
                item
            }
            Level::Simple => Output::text,
            Level::Joined(_) | Level::Exploded | Level::Deep { nested: true } | Level::Entry | Level::Repeated => {
                out.pair(name, text);
                return Ok(());
            }
        };
        out.items += 1;
        write(out, text)
    }

    fn list(self) -> Result<State<'a>, EncodeError> {
        let Self { out, name, level } = self;
        let level = match level {
            Level::Simple => Level::Item { delimiter: Delimiter::Comma, pair: false },
            Level::Joined(delimiter) => Level::Item { delimiter, pair: true },
            Level::Exploded | Level::Deep { nested: true } | Level::Entry => Level::Repeated,
            Level::Repeated | Level::Item { .. } => {
                let mut json = Vec::new();
                let frame = Frame::list(&mut json);
                return Ok(State::Json { frame, json, encoder: Self { out, name, level } });
            }
            Level::Deep { nested: false } => {
                return Err(EncodeError::new("is a list, and `style = \"deepObject\"` can write objects only"));
            }
            Level::Flat => return Err(EncodeError::new("is a list: it has no keys to become parameters")),
        };
        out.items = 0;
        Ok(State::List { out, name, level, index: 0 })
    }

    fn object(self) -> State<'a> {
        let Self { out, name, level } = self;
        let (level, prefix) = match level {
            Level::Simple => (Level::Item { delimiter: Delimiter::Comma, pair: false }, 0),
            Level::Joined(delimiter) => (Level::Item { delimiter, pair: true }, 0),
            Level::Exploded | Level::Flat => (Level::Entry, 0),
            Level::Deep { .. } => {
                if let Some(name) = name {
                    out.key.clear();
                    out.key.extend_from_slice(name.encoded_name().as_bytes());
                }
                (Level::Deep { nested: true }, out.key.len())
            }
            Level::Entry | Level::Repeated | Level::Item { .. } => {
                let mut json = Vec::new();
                let frame = Frame::object(&mut json);
                return State::Json { frame, json, encoder: Self { out, name, level } };
            }
        };
        out.items = 0;
        State::Object { out, name, level, prefix }
    }
}

macro_rules! integers {
    ($($method:ident($type:ty))*) => {$(
        fn $method(self, value: $type) -> Result<(), EncodeError> {
            self.plain(itoa::Buffer::new().format(value))
        }
    )*};
}

fn refuse_variant<T>() -> Result<T, EncodeError> {
    Err(EncodeError::new("is an enum variant with data, and only unit variants can be parameters"))
}

impl<'a> Serializer for Encoder<'a> {
    type Ok = ();
    type Error = EncodeError;
    type SerializeSeq = Compound<'a>;
    type SerializeTuple = Compound<'a>;
    type SerializeTupleStruct = Compound<'a>;
    type SerializeTupleVariant = Impossible<(), EncodeError>;
    type SerializeMap = Compound<'a>;
    type SerializeStruct = Compound<'a>;
    type SerializeStructVariant = Impossible<(), EncodeError>;

    integers! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
    }

    fn serialize_bool(self, value: bool) -> Result<(), EncodeError> {
        self.plain(if value { "true" } else { "false" })
    }

    fn serialize_f32(self, value: f32) -> Result<(), EncodeError> {
        self.scalar(number::single(value)?.as_str())
    }

    fn serialize_f64(self, value: f64) -> Result<(), EncodeError> {
        self.scalar(number::double(value)?.as_str())
    }

    fn serialize_char(self, value: char) -> Result<(), EncodeError> {
        self.scalar(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), EncodeError> {
        self.scalar(value)
    }

    fn collect_str<T: ?Sized + Display>(self, value: &T) -> Result<(), EncodeError> {
        self.display(format_args!("{value}"))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), EncodeError> {
        Err(EncodeError::new(
            "is bytes, which have no form as a parameter; encode them to text the way the API asks for",
        ))
    }

    fn serialize_none(self) -> Result<(), EncodeError> {
        Ok(())
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), EncodeError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), EncodeError> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), EncodeError> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), EncodeError> {
        self.scalar(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<(), EncodeError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), EncodeError> {
        refuse_variant()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'a>, EncodeError> {
        self.list().map(Compound)
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'a>, EncodeError> {
        self.list().map(Compound)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound<'a>, EncodeError> {
        self.list().map(Compound)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, EncodeError> {
        refuse_variant()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'a>, EncodeError> {
        Ok(Compound(self.object()))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Compound<'a>, EncodeError> {
        if is_verbatim(name) { Ok(Compound(State::Verbatim(Some(self)))) } else { Ok(Compound(self.object())) }
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, EncodeError> {
        refuse_variant()
    }
}
