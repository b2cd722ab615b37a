//! The keys of maps as text: strings, numbers, booleans, chars and unit variants.

use super::{EncodeError, number};
use serde::ser::{Impossible, Serialize, Serializer};

/// Passes the text of a key to a function.
pub(super) struct MapKeySerializer<'a>(pub(super) &'a mut dyn FnMut(&str) -> Result<(), EncodeError>);

fn not_a_key<T>() -> Result<T, EncodeError> {
    Err(EncodeError::new("contains a map whose keys are not strings, numbers, booleans or unit variants"))
}

impl MapKeySerializer<'_> {
    fn pass(self, text: &str) -> Result<(), EncodeError> {
        (self.0)(text)
    }
}

macro_rules! integers {
    ($($method:ident($type:ty))*) => {$(
        fn $method(self, value: $type) -> Result<(), EncodeError> {
            self.pass(itoa::Buffer::new().format(value))
        }
    )*};
}

impl Serializer for MapKeySerializer<'_> {
    type Ok = ();
    type Error = EncodeError;
    type SerializeSeq = Impossible<(), EncodeError>;
    type SerializeTuple = Impossible<(), EncodeError>;
    type SerializeTupleStruct = Impossible<(), EncodeError>;
    type SerializeTupleVariant = Impossible<(), EncodeError>;
    type SerializeMap = Impossible<(), EncodeError>;
    type SerializeStruct = Impossible<(), EncodeError>;
    type SerializeStructVariant = Impossible<(), EncodeError>;

    integers! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
    }

    fn serialize_str(self, value: &str) -> Result<(), EncodeError> {
        self.pass(value)
    }

    fn serialize_bool(self, value: bool) -> Result<(), EncodeError> {
        self.pass(if value { "true" } else { "false" })
    }

    fn serialize_char(self, value: char) -> Result<(), EncodeError> {
        self.pass(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_f32(self, value: f32) -> Result<(), EncodeError> {
        self.pass(&number::single(value)?)
    }

    fn serialize_f64(self, value: f64) -> Result<(), EncodeError> {
        self.pass(&number::double(value)?)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), EncodeError> {
        self.pass(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<(), EncodeError> {
        value.serialize(self)
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), EncodeError> {
        value.serialize(self)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), EncodeError> {
        not_a_key()
    }

    fn serialize_none(self) -> Result<(), EncodeError> {
        not_a_key()
    }

    fn serialize_unit(self) -> Result<(), EncodeError> {
        not_a_key()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), EncodeError> {
        not_a_key()
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), EncodeError> {
        not_a_key()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, EncodeError> {
        not_a_key()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, EncodeError> {
        not_a_key()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, EncodeError> {
        not_a_key()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, EncodeError> {
        not_a_key()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, EncodeError> {
        not_a_key()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, EncodeError> {
        not_a_key()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, EncodeError> {
        not_a_key()
    }
}
