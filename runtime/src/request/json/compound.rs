//! Lists and objects on their way into JSON.

use super::{super::key::KeySerializer, EncodeError, Frame, JsonSerializer, is_verbatim};
use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};

/// A list or an object being written.
pub(in super::super) struct Compound<'a> {
    pub(super) frame: Frame,
    pub(super) out: &'a mut Vec<u8>,
}

impl Compound<'_> {
    fn field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), EncodeError> {
        if is_verbatim(name) {
            return value.serialize(KeySerializer(&mut |text| {
                self.out.extend_from_slice(text.as_bytes());
                Ok(())
            }));
        }
        self.frame.field(self.out, name, value)
    }

    #[expect(clippy::unnecessary_wraps, reason = "the end of every compound serializer")]
    fn finish(self) -> Result<(), EncodeError> {
        self.frame.close(self.out);
        Ok(())
    }
}

macro_rules! lists {
    ($($trait:ident::$method:ident)*) => {$(
        impl $trait for Compound<'_> {
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
        impl $trait for Compound<'_> {
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

impl SerializeMap for Compound<'_> {
    type Ok = ();
    type Error = EncodeError;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), EncodeError> {
        key.serialize(KeySerializer(&mut |name| {
            self.frame.key(self.out, name);
            Ok(())
        }))
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), EncodeError> {
        value.serialize(JsonSerializer::new(self.out))
    }

    /// The whole entry at once: an absent value takes its key with it, and a problem names the key.
    fn serialize_entry<K: ?Sized + Serialize, V: ?Sized + Serialize>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), EncodeError> {
        key.serialize(KeySerializer(&mut |name| self.frame.field(self.out, name, value)))
    }

    fn end(self) -> Result<(), EncodeError> {
        self.finish()
    }
}
