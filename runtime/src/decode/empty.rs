//! What an answer without a body decodes to: nothing, for a type that has a value for it.

use serde::{
    de::{self, Deserializer, Visitor},
    forward_to_deserialize_any,
};
use std::fmt;

/// No document. `Option` gives `None` and unit gives itself; every other type has no value for it.
pub(super) struct Empty;

#[derive(Debug)]
pub(super) struct Missing;

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no body")
    }
}

impl std::error::Error for Missing {}

impl de::Error for Missing {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for Empty {
    type Error = Missing;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Missing> {
        Err(Missing)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Missing> {
        visitor.visit_none()
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Missing> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Missing> {
        visitor.visit_unit()
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Missing> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Missing> {
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
    fn some_types_have_a_value_for_nothing() {
        assert_eq!(Option::<Record>::deserialize(Empty).unwrap(), None);
        assert_eq!(Wrapper::deserialize(Empty).unwrap(), Wrapper(None));
        assert_eq!(Unit::deserialize(Empty).unwrap(), Unit);
        <()>::deserialize(Empty).unwrap();
        IgnoredAny::deserialize(Empty).unwrap();
    }

    #[test]
    fn others_have_none() {
        assert!(Record::deserialize(Empty).is_err());
        assert!(String::deserialize(Empty).is_err());
        assert!(Vec::<u8>::deserialize(Empty).is_err());
        assert!(serde_json::Value::deserialize(Empty).is_err());
    }
}
