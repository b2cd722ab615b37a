//! A serde serializer that writes JSON.

use super::{ABSENT, is_verbatim, text};
use crate::{
    base64_bytes::{self, BASE64},
    request::{EncodeError, map_key::MapKeySerializer},
};
use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use std::fmt::Display;

/// Writes one value, after its key if it has one. An absent value has no key.
pub(crate) struct JsonSerializer<'a> {
    out: &'a mut Vec<u8>,
    key: Option<Key<'a>>,
    /// Whether bytes are base64 text, and not a list of numbers.
    is_base64: bool,
}

/// A key, which is written once its value is not absent.
struct Key<'a> {
    name: &'a str,
    frame: &'a mut Frame,
}

/// The brackets, commas and keys of a list or an object.
pub(crate) struct Frame {
    empty: bool,
    close: &'static [u8],
    index: usize,
}

impl Frame {
    const fn new(close: &'static [u8]) -> Self {
        Self { empty: true, close, index: 0 }
    }

    pub(crate) fn list(out: &mut Vec<u8>) -> Self {
        out.push(b'[');
        Self::new(b"]")
    }

    pub(crate) fn object(out: &mut Vec<u8>) -> Self {
        out.push(b'{');
        Self::new(b"}")
    }

    fn separate(&mut self, out: &mut Vec<u8>) {
        if !self.empty {
            out.push(b',');
        }
        self.empty = false;
    }

    pub(crate) fn key(&mut self, out: &mut Vec<u8>, name: &str) {
        self.separate(out);
        text::write(out, name);
        out.push(b':');
    }

    pub(crate) fn item<T: ?Sized + Serialize>(&mut self, out: &mut Vec<u8>, value: &T) -> Result<(), EncodeError> {
        self.separate(out);
        let index = self.index;
        self.index += 1;
        value.serialize(JsonSerializer::new(out)).map_err(|error| error.at(index))
    }

    pub(crate) fn field<T: ?Sized + Serialize>(
        &mut self,
        out: &mut Vec<u8>,
        name: &str,
        value: &T,
    ) -> Result<(), EncodeError> {
        value
            .serialize(JsonSerializer { out, key: Some(Key { name, frame: self }), is_base64: false })
            .map_err(|error| error.under(name))
    }

    pub(crate) fn close(self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.close);
    }
}

impl<'a> JsonSerializer<'a> {
    pub(crate) fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, key: None, is_base64: false }
    }

    /// Writes the key, because the value is not absent.
    fn start(self) -> &'a mut Vec<u8> {
        if let Some(Key { name, frame }) = self.key {
            frame.key(self.out, name);
        }
        self.out
    }

    #[expect(clippy::unnecessary_wraps, reason = "the result of each scalar method")]
    fn raw(self, text: &[u8]) -> Result<(), EncodeError> {
        self.start().extend_from_slice(text);
        Ok(())
    }

    fn float<T: Serialize>(self, value: T, finite: bool) -> Result<(), EncodeError> {
        if !finite {
            return Err(EncodeError::not_finite());
        }
        serde_json::to_writer(self.start(), &value)
            .map_err(|error| EncodeError::new(format!("cannot be written as JSON: {error}")))
    }

    #[expect(clippy::unnecessary_wraps, reason = "the result of each compound method")]
    fn compound(self, open: fn(&mut Vec<u8>) -> Frame) -> Result<JsonCompound<'a>, EncodeError> {
        let out = self.start();
        let frame = open(out);
        Ok(JsonCompound { frame, out })
    }

    /// Writes `{"Variant":`, the start of serde's externally tagged form.
    fn variant(self, variant: &'static str) -> &'a mut Vec<u8> {
        let out = self.start();
        Frame::object(out).key(out, variant);
        out
    }
}

macro_rules! integers {
    ($($method:ident($type:ty))*) => {$(
        fn $method(self, value: $type) -> Result<(), EncodeError> {
            self.raw(itoa::Buffer::new().format(value).as_bytes())
        }
    )*};
}

impl<'a> Serializer for JsonSerializer<'a> {
    type Ok = ();
    type Error = EncodeError;
    type SerializeSeq = JsonCompound<'a>;
    type SerializeTuple = JsonCompound<'a>;
    type SerializeTupleStruct = JsonCompound<'a>;
    type SerializeTupleVariant = JsonCompound<'a>;
    type SerializeMap = JsonCompound<'a>;
    type SerializeStruct = JsonCompound<'a>;
    type SerializeStructVariant = JsonCompound<'a>;

    integers! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
    }

    fn serialize_bool(self, value: bool) -> Result<(), EncodeError> {
        self.raw(if value { b"true" } else { b"false" })
    }

    fn serialize_f32(self, value: f32) -> Result<(), EncodeError> {
        self.float(value, value.is_finite())
    }

    fn serialize_f64(self, value: f64) -> Result<(), EncodeError> {
        self.float(value, value.is_finite())
    }

    fn serialize_char(self, value: char) -> Result<(), EncodeError> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), EncodeError> {
        text::write(self.start(), value);
        Ok(())
    }

    fn collect_str<T: ?Sized + Display>(self, value: &T) -> Result<(), EncodeError> {
        text::display(self.start(), format_args!("{value}"))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), EncodeError> {
        if !self.is_base64 {
            return self.collect_seq(value);
        }
        let out = self.start();
        out.push(b'"');
        base64_bytes::append(out, value).map_err(EncodeError::new)?;
        out.push(b'"');
        Ok(())
    }

    /// `Base64` then passes its bytes, and not their text.
    fn is_human_readable(&self) -> bool {
        !self.is_base64
    }

    fn serialize_none(self) -> Result<(), EncodeError> {
        self.raw(b"null")
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), EncodeError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), EncodeError> {
        self.raw(b"null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), EncodeError> {
        self.raw(b"null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), EncodeError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, name: &'static str, value: &T) -> Result<(), EncodeError> {
        match self.key {
            _ if name == BASE64 => value.serialize(Self { is_base64: true, ..self }),
            _ if name != ABSENT => value.serialize(self),
            Some(_) => Ok(()),
            None => Err(EncodeError::new(
                "is an absent `Patch`, and only the field of an object can be left out; use `Patch::Null` for null",
            )),
        }
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), EncodeError> {
        let out = self.variant(variant);
        value.serialize(JsonSerializer::new(out)).map_err(|error| error.under(variant))?;
        out.push(b'}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<JsonCompound<'a>, EncodeError> {
        self.compound(Frame::list)
    }

    fn serialize_tuple(self, _: usize) -> Result<JsonCompound<'a>, EncodeError> {
        self.compound(Frame::list)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<JsonCompound<'a>, EncodeError> {
        self.compound(Frame::list)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<JsonCompound<'a>, EncodeError> {
        let out = self.variant(variant);
        out.push(b'[');
        Ok(JsonCompound { frame: Frame::new(b"]}"), out })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<JsonCompound<'a>, EncodeError> {
        self.compound(Frame::object)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<JsonCompound<'a>, EncodeError> {
        if is_verbatim(name) {
            return Ok(JsonCompound { frame: Frame::new(b""), out: self.start() });
        }
        self.compound(Frame::object)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<JsonCompound<'a>, EncodeError> {
        let out = self.variant(variant);
        out.push(b'{');
        Ok(JsonCompound { frame: Frame::new(b"}}"), out })
    }
}

/// A list or an object that is being written.
pub(crate) struct JsonCompound<'a> {
    frame: Frame,
    out: &'a mut Vec<u8>,
}

impl JsonCompound<'_> {
    fn field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), EncodeError> {
        if is_verbatim(name) {
            return value.serialize(MapKeySerializer(&mut |text| {
                self.out.extend_from_slice(text.as_bytes());
                Ok(())
            }));
        }
        self.frame.field(self.out, name, value)
    }

    #[expect(clippy::unnecessary_wraps, reason = "the result of each `end` method")]
    fn finish(self) -> Result<(), EncodeError> {
        self.frame.close(self.out);
        Ok(())
    }
}

macro_rules! lists {
    ($($trait:ident::$method:ident)*) => {$(
        impl $trait for JsonCompound<'_> {
            type Ok = ();
            type Error = EncodeError;

            fn $method<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), EncodeError> {
                self.frame.item(self.out, value)
            }

            fn end(self) -> Result<(), EncodeError> {
                self.finish()
            }
        }
    )*};
}

lists! {
    SerializeSeq::serialize_element
    SerializeTuple::serialize_element
    SerializeTupleStruct::serialize_field
    SerializeTupleVariant::serialize_field
}

macro_rules! objects {
    ($($trait:ident)*) => {$(
        impl $trait for JsonCompound<'_> {
            type Ok = ();
            type Error = EncodeError;

            fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), EncodeError> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), EncodeError> {
                self.finish()
            }
        }
    )*};
}

objects! { SerializeStruct SerializeStructVariant }

impl SerializeMap for JsonCompound<'_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), EncodeError> {
        key.serialize(MapKeySerializer(&mut |name| {
            self.frame.key(self.out, name);
            Ok(())
        }))
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), EncodeError> {
        value.serialize(JsonSerializer::new(self.out))
    }

    /// Writes the whole entry, so that an absent value has no key, and an error has the key.
    fn serialize_entry<K: ?Sized + Serialize, V: ?Sized + Serialize>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), EncodeError> {
        key.serialize(MapKeySerializer(&mut |name| self.frame.field(self.out, name, value)))
    }

    fn end(self) -> Result<(), EncodeError> {
        self.finish()
    }
}
