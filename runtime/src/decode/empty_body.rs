//! Decoding a response without a body.

use crate::format::{Decodable, DocumentReader};
use serde::{
    de::{self, Deserializer, Visitor},
    forward_to_deserialize_any,
};
use std::fmt;

/// A deserializer without a document. `Option` is `None`, and unit is unit. Every other type has no value for it.
pub(super) struct EmptyBody;

/// Reads a response without a body.
pub(super) struct EmptyBodyReader;

impl DocumentReader for EmptyBodyReader {
    type Error = NoBody;

    fn read<T: Decodable>(self) -> Result<T, NoBody> {
        T::deserialize(EmptyBody)
    }

    fn undeclared_status(self, _: &'static [u16]) -> NoBody {
        NoBody
    }
}

#[derive(Debug)]
pub(super) struct NoBody;

impl fmt::Display for NoBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the response has no body")
    }
}

impl std::error::Error for NoBody {}

impl de::Error for NoBody {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for EmptyBody {
    type Error = NoBody;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NoBody> {
        Err(NoBody)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoBody> {
        visitor.visit_none()
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoBody> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, NoBody> {
        visitor.visit_unit()
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoBody> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, NoBody> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf seq tuple tuple_struct map
        struct enum identifier
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::{Deserialize, de::IgnoredAny};

    #[derive(Debug, PartialEq, Deserialize)]
    struct Record {
        id: Option<String>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Wrapper(Option<Record>);

    #[derive(Debug, PartialEq, Deserialize)]
    struct Unit;

    #[test]
    fn options_and_units_have_a_value() {
        assert_eq!(Option::<Record>::deserialize(EmptyBody).unwrap(), None);
        assert_eq!(Wrapper::deserialize(EmptyBody).unwrap(), Wrapper(None));
        assert_eq!(Unit::deserialize(EmptyBody).unwrap(), Unit);
        <()>::deserialize(EmptyBody).unwrap();
        IgnoredAny::deserialize(EmptyBody).unwrap();
    }

    #[test]
    fn other_types_have_no_value() {
        assert!(Record::deserialize(EmptyBody).is_err());
        assert!(String::deserialize(EmptyBody).is_err());
        assert!(Vec::<u8>::deserialize(EmptyBody).is_err());
        assert!(serde_json::Value::deserialize(EmptyBody).is_err());
    }
}
