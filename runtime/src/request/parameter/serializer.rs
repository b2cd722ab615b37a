//! A serde serializer that writes one parameter in its OpenAPI style.

use super::{
    level::{Level, Parts},
    writer::ParameterWriter,
};
use crate::{
    operation::{BodyMetadata, Lists, Parameter},
    part::{self, PART, Part},
    patch::ABSENT,
    request::{
        EncodeError,
        json::{Frame, JsonSerializer, is_verbatim},
        map_key::MapKeySerializer,
        number, percent,
    },
};
use serde::ser::{
    Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct,
    Serializer,
};
use std::{
    fmt::{self, Display, Write},
    mem,
};

/// Writes one value at one level of a parameter.
#[expect(missing_debug_implementations, reason = "holds values, which may be secret")]
pub struct ParameterSerializer<'a> {
    writer: &'a mut ParameterWriter,
    /// The parameter whose name is the key of a pair. `None` for the key in [`ParameterWriter::key`].
    parameter: Option<&'a Parameter>,
    level: Level,
}

impl<'a> ParameterSerializer<'a> {
    /// For a path value or a header.
    pub(crate) fn simple(writer: &'a mut ParameterWriter, parameter: &Parameter) -> Self {
        Self { writer, parameter: None, level: Level::Simple { explode: parameter.explode() } }
    }

    /// For a query parameter.
    pub(crate) fn query(writer: &'a mut ParameterWriter, parameter: &'a Parameter) -> Self {
        Self { writer, parameter: Some(parameter), level: Level::of_query(parameter) }
    }

    /// For a cookie.
    pub(crate) fn cookie(writer: &'a mut ParameterWriter, parameter: &'a Parameter) -> Self {
        Self { writer, parameter: Some(parameter), level: Level::Cookie }
    }

    /// For a value in parts.
    pub(crate) fn part(writer: &'a mut ParameterWriter) -> Self {
        Self { writer, parameter: None, level: Level::Part }
    }

    /// For a form, whose fields are parameters.
    pub(crate) fn form(writer: &'a mut ParameterWriter, body: Option<&BodyMetadata>) -> Self {
        Self { writer, parameter: None, level: Level::of_form(body) }
    }

    fn scalar(self, text: &str) -> Result<(), EncodeError> {
        let Self { writer, parameter, level } = self;
        match level {
            Level::Joined(_)
            | Level::Exploded
            | Level::Deep(_)
            | Level::DeepField(_)
            | Level::Entry
            | Level::Repeated => {
                writer.pair(parameter, text);
                Ok(())
            }
            Level::Cookie | Level::CookieItem => writer.cookie_pair(parameter, text),
            Level::Simple { .. } => writer.value(text),
            Level::SimpleEntry => writer.simple_entry(|writer| writer.item(text)),
            Level::Part | Level::PartItem => {
                writer.parts.push(Part::text(text));
                Ok(())
            }
            Level::Item { delimiter, in_query } => {
                delimiter.check(text)?;
                writer.start_item(delimiter, in_query, parameter);
                writer.item(text)
            }
            Level::DeepObject(_) => {
                Err(EncodeError::new("is not an object, and `style = \"deepObject\"` can only write objects"))
            }
            Level::Flat | Level::Form(_) => {
                Err(EncodeError::new("is not an object: it has no keys that can become parameters"))
            }
        }
    }

    /// A text. In place of a whole form it is the form.
    fn text(self, text: &str) -> Result<(), EncodeError> {
        if matches!(self.level, Level::Form(_)) {
            self.writer.whole_form(text);
            return Ok(());
        }
        self.scalar(text)
    }

    /// A number or a boolean. Its text has no character to escape in a pair.
    fn number(self, text: &str) -> Result<(), EncodeError> {
        if matches!(self.level, Level::Joined(_) | Level::Exploded) {
            self.writer.start_pair(self.parameter);
            self.writer.push_encoded(text);
            return Ok(());
        }
        self.scalar(text)
    }

    /// JSON text, where the style has no form for a list or an object. In a header it is not quoted, because its reader
    /// parses JSON.
    fn json(self, json: &str) -> Result<(), EncodeError> {
        if self.is_part() {
            self.writer.parts.push(Part::text(json).content_type("application/json"));
            return Ok(());
        }
        if self.level == Level::SimpleEntry {
            return self.writer.simple_entry(|writer| writer.value(json));
        }
        let Level::Item { delimiter, in_query } = self.level else { return self.scalar(json) };
        delimiter.check(json)?;
        self.writer.start_item(delimiter, in_query, self.parameter);
        self.writer.value(json)
    }

    fn is_part(&self) -> bool {
        matches!(self.level, Level::Part | Level::PartItem)
    }

    fn list(self) -> Result<State<'a>, EncodeError> {
        Ok(match self.level.items()? {
            Parts::Level(level @ Level::Deep(_)) => {
                let prefix = self.writer.key.len();
                State::IndexedList { writer: self.writer, level, prefix, index: 0, written: 0 }
            }
            Parts::Level(level) => {
                if let Level::Deep(Lists::Brackets) | Level::DeepField(Lists::Brackets) = self.level {
                    // The object around the list truncates the key.
                    self.writer.key.extend_from_slice(b"%5B%5D");
                }
                self.writer.start_items();
                State::List { writer: self.writer, parameter: self.parameter, level, index: 0 }
            }
            Parts::Json => {
                let mut json = Vec::new();
                State::Json { frame: Frame::list(&mut json), json, outer: self }
            }
        })
    }

    fn object(self) -> Result<State<'a>, EncodeError> {
        let Parts::Level(level) = self.level.entries()? else {
            let mut json = Vec::new();
            return Ok(State::Json { frame: Frame::object(&mut json), json, outer: self });
        };
        if let (Level::DeepObject(_), Some(parameter)) = (self.level, self.parameter) {
            self.writer.key.clear();
            self.writer.key.extend_from_slice(parameter.encoded_name().as_bytes());
        }
        let prefix = if matches!(level, Level::Deep(_)) { self.writer.key.len() } else { 0 };
        self.writer.start_items();
        Ok(State::Object { writer: self.writer, parameter: self.parameter, level, prefix })
    }
}

/// A list or an object that is being written.
#[expect(missing_debug_implementations, reason = "holds values, which may be secret")]
pub struct ParameterCompound<'a>(State<'a>);

enum State<'a> {
    List {
        writer: &'a mut ParameterWriter,
        parameter: Option<&'a Parameter>,
        level: Level,
        index: usize,
    },
    /// A list with an index in each key. Items that write nothing have no index, so that the indices have no gap. The first
    /// `prefix` bytes of [`ParameterWriter::key`] belong to the list.
    IndexedList {
        writer: &'a mut ParameterWriter,
        level: Level,
        prefix: usize,
        index: usize,
        written: usize,
    },
    /// The first `prefix` bytes of [`ParameterWriter::key`] belong to the objects around this one.
    Object {
        writer: &'a mut ParameterWriter,
        parameter: Option<&'a Parameter>,
        level: Level,
        prefix: usize,
    },
    /// JSON text, because the style has no form for the value.
    Json {
        frame: Frame,
        json: Vec<u8>,
        outer: ParameterSerializer<'a>,
    },
    /// A struct of `serde_json` whose only field is text to be written as it is.
    Verbatim(Option<ParameterSerializer<'a>>),
}

impl State<'_> {
    fn item<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), EncodeError> {
        match self {
            Self::List { writer, parameter, level, index } => {
                let at = *index;
                *index += 1;
                value
                    .serialize(ParameterSerializer { writer, parameter: *parameter, level: *level })
                    .map_err(|error| error.at(at))
            }
            Self::IndexedList { writer, level, prefix, index, written } => {
                let at = *index;
                *index += 1;
                writer.key.truncate(*prefix);
                let mut digits = itoa::Buffer::new();
                for piece in ["%5B", digits.format(*written), "%5D"] {
                    writer.key.extend_from_slice(piece.as_bytes());
                }
                let before = writer.length();
                value
                    .serialize(ParameterSerializer { writer, parameter: None, level: *level })
                    .map_err(|error| error.at(at))?;
                *written += usize::from(writer.length() > before);
                Ok(())
            }
            Self::Json { frame, json, .. } => frame.item(json, value),
            Self::Object { .. } | Self::Verbatim(_) => Ok(()),
        }
    }

    /// Sets the key of the next entry.
    fn key(&mut self, key: &str) {
        match self {
            Self::Object { writer, level, prefix, .. } => {
                writer.key.truncate(*prefix);
                match level {
                    Level::Deep(_) => {
                        writer.key.extend_from_slice(b"%5B");
                        percent::encode(&mut writer.key, key);
                        writer.key.extend_from_slice(b"%5D");
                    }
                    Level::Entry | Level::DeepField(_) => percent::encode(&mut writer.key, key),
                    _ => writer.key.extend_from_slice(key.as_bytes()),
                }
            }
            Self::Json { frame, json, .. } => frame.key(json, key),
            Self::List { .. } | Self::IndexedList { .. } | Self::Verbatim(_) => {}
        }
    }

    /// Writes the value of the entry whose key is set.
    fn value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), EncodeError> {
        match self {
            Self::Object { writer, parameter, level: level @ Level::Item { .. }, .. } => {
                joined_entry(writer, *parameter, *level, value)
            }
            Self::Object { writer, level, .. } => {
                value.serialize(ParameterSerializer { writer, parameter: None, level: *level })
            }
            Self::Json { json, .. } => value.serialize(JsonSerializer::new(json)),
            Self::List { .. } | Self::IndexedList { .. } | Self::Verbatim(_) => Ok(()),
        }
    }

    fn field<T: ?Sized + Serialize>(&mut self, key: &str, value: &T) -> Result<(), EncodeError> {
        match self {
            Self::Verbatim(outer) => outer.take().map_or(Ok(()), |outer| value.serialize(outer)),
            Self::Json { frame, json, .. } => frame.field(json, key, value),
            Self::List { .. } | Self::IndexedList { .. } | Self::Object { .. } => {
                self.key(key);
                self.value(value).map_err(|error| error.under(key))
            }
        }
    }

    fn finish(self) -> Result<(), EncodeError> {
        match self {
            Self::Json { frame, mut json, outer } => {
                frame.close(&mut json);
                outer.json(&String::from_utf8_lossy(&json))
            }
            Self::Object { writer, prefix, .. } | Self::IndexedList { writer, prefix, .. } => {
                writer.key.truncate(prefix);
                Ok(())
            }
            Self::List { .. } | Self::Verbatim(_) => Ok(()),
        }
    }
}

/// Writes a key and its value as two items of one list, or neither if the value has no items.
fn joined_entry<T: ?Sized + Serialize>(
    writer: &mut ParameterWriter,
    parameter: Option<&Parameter>,
    level: Level,
    value: &T,
) -> Result<(), EncodeError> {
    let before = writer.position();
    let key = mem::take(&mut writer.key);
    let key_written =
        ParameterSerializer { writer: &mut *writer, parameter, level }.scalar(&String::from_utf8_lossy(&key));
    writer.key = key;
    let items = writer.items();
    value.serialize(ParameterSerializer { writer: &mut *writer, parameter, level })?;
    if writer.items() > items {
        return key_written;
    }
    writer.return_to(before);
    Ok(())
}

macro_rules! integers {
    ($($method:ident($type:ty))*) => {$(
        fn $method(self, value: $type) -> Result<(), EncodeError> {
            self.number(itoa::Buffer::new().format(value))
        }
    )*};
}

fn variant_with_data<T>() -> Result<T, EncodeError> {
    Err(EncodeError::new("is an enum variant with data, and a parameter can only be a unit variant"))
}

impl<'a> Serializer for ParameterSerializer<'a> {
    type Ok = ();
    type Error = EncodeError;
    type SerializeSeq = ParameterCompound<'a>;
    type SerializeTuple = ParameterCompound<'a>;
    type SerializeTupleStruct = ParameterCompound<'a>;
    type SerializeTupleVariant = Impossible<(), EncodeError>;
    type SerializeMap = ParameterCompound<'a>;
    type SerializeStruct = ParameterCompound<'a>;
    type SerializeStructVariant = Impossible<(), EncodeError>;

    integers! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
    }

    fn serialize_u8(self, value: u8) -> Result<(), EncodeError> {
        // A list of numbers is most likely a `Vec<u8>` or a slice, which serde does not tell from one.
        if self.level == Level::PartItem {
            return Err(EncodeError::new(
                "is a list of `u8`, which is bytes; write `#[part(content_type = \"application/octet-stream\")]`, or use the type `stackone::Part`",
            ));
        }
        self.number(itoa::Buffer::new().format(value))
    }

    fn serialize_bool(self, value: bool) -> Result<(), EncodeError> {
        self.number(if value { "true" } else { "false" })
    }

    fn serialize_f32(self, value: f32) -> Result<(), EncodeError> {
        self.scalar(&number::single(value)?)
    }

    fn serialize_f64(self, value: f64) -> Result<(), EncodeError> {
        self.scalar(&number::double(value)?)
    }

    fn serialize_char(self, value: char) -> Result<(), EncodeError> {
        self.scalar(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), EncodeError> {
        self.text(value)
    }

    fn collect_str<T: ?Sized + Display>(self, value: &T) -> Result<(), EncodeError> {
        match self.level {
            Level::Simple { .. } => self.writer.display(format_args!("{value}")),
            // An item is checked as a whole.
            _ => self.text(&display_to_string(format_args!("{value}"))?),
        }
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), EncodeError> {
        if self.is_part() {
            self.writer.parts.push(Part::bytes(bytes.to_vec()));
            return Ok(());
        }
        Err(EncodeError::new("is bytes, which have no form as a parameter; encode them as text as the API documents"))
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

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, name: &'static str, value: &T) -> Result<(), EncodeError> {
        match name {
            ABSENT => Ok(()),
            PART if self.is_part() => {
                self.writer.parts.extend(part::take_passed());
                Ok(())
            }
            _ => value.serialize(self),
        }
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), EncodeError> {
        variant_with_data()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<ParameterCompound<'a>, EncodeError> {
        self.list().map(ParameterCompound)
    }

    fn serialize_tuple(self, _: usize) -> Result<ParameterCompound<'a>, EncodeError> {
        self.list().map(ParameterCompound)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<ParameterCompound<'a>, EncodeError> {
        self.list().map(ParameterCompound)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, EncodeError> {
        variant_with_data()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<ParameterCompound<'a>, EncodeError> {
        self.object().map(ParameterCompound)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<ParameterCompound<'a>, EncodeError> {
        Ok(ParameterCompound(if is_verbatim(name) { State::Verbatim(Some(self)) } else { self.object()? }))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, EncodeError> {
        variant_with_data()
    }
}

/// The text of a value that is written by its `Display`.
fn display_to_string(value: fmt::Arguments<'_>) -> Result<String, EncodeError> {
    let mut text = String::new();
    text.write_fmt(value).map_err(|_| EncodeError::display())?;
    Ok(text)
}

macro_rules! lists {
    ($($trait:ident::$method:ident)*) => {$(
        impl $trait for ParameterCompound<'_> {
            type Ok = ();
            type Error = EncodeError;

            fn $method<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), EncodeError> {
                self.0.item(value)
            }

            fn end(self) -> Result<(), EncodeError> {
                self.0.finish()
            }
        }
    )*};
}

lists! {
    SerializeSeq::serialize_element
    SerializeTuple::serialize_element
    SerializeTupleStruct::serialize_field
}

impl SerializeStruct for ParameterCompound<'_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, key: &'static str, value: &T) -> Result<(), EncodeError> {
        self.0.field(key, value)
    }

    fn end(self) -> Result<(), EncodeError> {
        self.0.finish()
    }
}

impl SerializeMap for ParameterCompound<'_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), EncodeError> {
        key.serialize(MapKeySerializer(&mut |key| {
            self.0.key(key);
            Ok(())
        }))
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), EncodeError> {
        self.0.value(value)
    }

    /// Writes the whole entry, so that an error has the key.
    fn serialize_entry<K: ?Sized + Serialize, V: ?Sized + Serialize>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), EncodeError> {
        key.serialize(MapKeySerializer(&mut |key| self.0.field(key, value)))
    }

    fn end(self) -> Result<(), EncodeError> {
        self.0.finish()
    }
}
