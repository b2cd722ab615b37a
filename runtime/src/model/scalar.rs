//! The types of fields that are not structs.

use super::{
    Json, JsonObject,
    slot::Item,
    value::{Failed, Items, List, Map, Node, Objects, Scalar, Shape, Value},
};
use crate::{Base64, Timestamp};
use std::collections::BTreeMap;

impl Value for String {
    const SHAPE: Shape = Shape::Scalar("a string");

    fn empty() -> Self {
        Self::new()
    }

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }

    fn node(&self) -> Node<'_> {
        Node::Text(self.as_str().into())
    }
}

impl Value for bool {
    const SHAPE: Shape = Shape::Scalar("a boolean");

    fn empty() -> Self {
        false
    }

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Bool(value) => Some(value),
            _ => None,
        }
    }

    fn node(&self) -> Node<'_> {
        Node::Bool(*self)
    }
}

impl Value for f64 {
    const SHAPE: Shape = Shape::Scalar("a number");

    fn empty() -> Self {
        0.0
    }

    #[expect(clippy::cast_precision_loss, reason = "the API declares a number, which JSON readers hold as a double")]
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Unsigned(number) => Some(number as Self),
            Scalar::Signed(number) => Some(number as Self),
            Scalar::Float(number) => Some(number),
            Scalar::Bool(_) | Scalar::Text(_) => None,
        }
    }

    /// A whole number is written without decimals, as JavaScript does.
    #[expect(clippy::cast_possible_truncation, reason = "the number is whole and below 2^53")]
    fn node(&self) -> Node<'_> {
        if self.fract() == 0.0 && self.abs() < 9_007_199_254_740_992.0 && !(*self == 0.0 && self.is_sign_negative()) {
            Node::Signed(*self as i64)
        } else {
            Node::Float(*self)
        }
    }
}

macro_rules! integers {
    ($($type:ty, $node:ident, $wide:ty, $text:literal;)*) => {$(
        impl Value for $type {
            const SHAPE: Shape = Shape::Scalar($text);

            fn empty() -> Self {
                0
            }

            fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
                match scalar {
                    Scalar::Unsigned(number) => number.try_into().ok(),
                    Scalar::Signed(number) => number.try_into().ok(),
                    // `1.0` is a whole number in JSON Schema.
                    #[expect(clippy::cast_possible_truncation, reason = "the number is whole and below 2^53")]
                    Scalar::Float(number) if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 => {
                        (number as i64).try_into().ok()
                    }
                    Scalar::Float(_) | Scalar::Bool(_) | Scalar::Text(_) => None,
                }
            }

            fn node(&self) -> Node<'_> {
                Node::$node(<$wide>::from(*self))
            }
        }
    )*};
}

integers! {
    i32, Signed, i64, "a whole number of 32 bits";
    i64, Signed, i64, "a whole number";
    u32, Unsigned, u64, "a whole number of 32 bits that is not negative";
    u64, Unsigned, u64, "a whole number that is not negative";
}

impl Value for Timestamp {
    const SHAPE: Shape = Shape::Scalar("an RFC 3339 instant");

    fn empty() -> Self {
        Self::from(std::time::SystemTime::UNIX_EPOCH)
    }

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    fn node(&self) -> Node<'_> {
        match serde_json::to_value(self) {
            Ok(Json::String(text)) => Node::Text(text.into()),
            _ => Node::Invalid("the year of a timestamp must be between 0 and 9999"),
        }
    }
}

/// Text that would be written in another way, such as one without padding, is kept as it arrived.
impl Value for Base64 {
    const SHAPE: Shape = Shape::Scalar("base64 text");

    fn empty() -> Self {
        Self::default()
    }

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        match scalar {
            Scalar::Text(text) => Self::from_written(text),
            _ => None,
        }
    }

    fn node(&self) -> Node<'_> {
        Node::Base64(self)
    }
}

impl Value for Json {
    const SHAPE: Shape = Shape::Any;

    fn empty() -> Self {
        Self::Null
    }

    fn from_json(json: Json) -> Result<Self, Json> {
        Ok(json)
    }

    fn node(&self) -> Node<'_> {
        Node::Json(self)
    }
}

impl Value for JsonObject {
    const SHAPE: Shape = Shape::Object;

    fn empty() -> Self {
        Self::new()
    }

    fn read_object(&mut self, entries: &mut dyn Objects) -> Result<(), Failed> {
        loop {
            let mut value = Item::<Json>(None);
            let Some(name) = entries.next(&mut value)? else { return Ok(()) };
            self.insert(name, value.0.unwrap_or_default());
        }
    }

    fn node(&self) -> Node<'_> {
        Node::JsonObject(self)
    }
}

impl<T: Value> Value for Vec<T> {
    const SHAPE: Shape = Shape::List;

    fn empty() -> Self {
        Self::new()
    }

    fn read_list(&mut self, items: &mut dyn Items) -> Result<(), Failed> {
        loop {
            let mut item = Item(None);
            if !items.next(&mut item)? {
                return Ok(());
            }
            self.extend(item.0);
        }
    }

    fn node(&self) -> Node<'_> {
        Node::List(self)
    }
}

impl<T: Value> List for Vec<T> {
    fn item(&self, index: usize) -> Option<Node<'_>> {
        self.get(index).map(Value::node)
    }
}

impl<T: Value> Value for BTreeMap<String, T> {
    const SHAPE: Shape = Shape::Object;

    fn empty() -> Self {
        Self::new()
    }

    fn read_object(&mut self, entries: &mut dyn Objects) -> Result<(), Failed> {
        loop {
            let mut value = Item(None);
            let Some(name) = entries.next(&mut value)? else { return Ok(()) };
            self.extend(value.0.map(|value| (name, value)));
        }
    }

    fn node(&self) -> Node<'_> {
        Node::Map(self)
    }
}

impl<T: Value> Map for BTreeMap<String, T> {
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, Node<'_>)> + '_> {
        Box::new(self.iter().map(|(name, value)| (&**name, value.node())))
    }
}

impl<T: Value> Value for Box<T> {
    const SHAPE: Shape = T::SHAPE;

    fn empty() -> Self {
        Self::new(T::empty())
    }

    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        T::from_scalar(scalar).map(Self::new)
    }

    fn from_json(json: Json) -> Result<Self, Json> {
        T::from_json(json).map(Self::new)
    }

    fn read_list(&mut self, items: &mut dyn Items) -> Result<(), Failed> {
        T::read_list(self, items)
    }

    fn read_object(&mut self, entries: &mut dyn Objects) -> Result<(), Failed> {
        T::read_object(self, entries)
    }

    fn node(&self) -> Node<'_> {
        T::node(self)
    }
}
