//! Reading a document into the fields of a struct.

use super::{
    Json,
    slot::Item,
    unexpected::escape,
    value::{Failed, Fields, Items, Objects, Scalar, Shape, Slot, Value},
};
use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
        value::{MapAccessDeserializer, SeqAccessDeserializer},
    },
};
use std::fmt;

/// Reads a value.
///
/// # Errors
///
/// The document has another shape.
pub fn read<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut item = Item::<T>(None);
    let leftover = Field(&mut item).deserialize(deserializer)?;
    item.0.ok_or_else(|| match leftover {
        Leftover::Whole(Json::Null) => D::Error::invalid_type(Unexpected::Unit, &T::SHAPE.expected()),
        _ => D::Error::custom(format_args!("expected {}", T::SHAPE.expected())),
    })
}

/// What a field did not accept.
enum Leftover {
    None,
    /// The field accepted null as absent.
    Null,
    Whole(Json),
    /// Parts of a list or of a map, with their pointers.
    Parts(Vec<(String, Json)>),
}

impl Leftover {
    fn parts(parts: Vec<(String, Json)>) -> Self {
        if parts.is_empty() { Self::None } else { Self::Parts(parts) }
    }

    /// Adds what is left of the value `name` to what is left of its parent.
    fn under(self, name: &str, mut add: impl FnMut(String, Json)) {
        match self {
            Self::None | Self::Null => {}
            Self::Whole(json) => add(format!("/{}", escape(name)), json),
            Self::Parts(parts) => {
                for (at, json) in parts {
                    add(format!("/{}{at}", escape(name)), json);
                }
            }
        }
    }
}

/// Reads one value into a field.
struct Field<'a>(&'a mut dyn Slot);

impl Field<'_> {
    fn scalar<E: Error>(
        self,
        scalar: Scalar<'_>,
        json: impl FnOnce() -> Json,
        found: Unexpected<'_>,
    ) -> Result<Leftover, E> {
        if self.0.scalar(scalar) {
            return Ok(Leftover::None);
        }
        match self.0.shape() {
            Shape::Scalar(_) => Ok(Leftover::Whole(json())),
            Shape::Any => Ok(self.json(json())),
            Shape::List | Shape::Object => Err(E::invalid_type(found, &self)),
        }
    }

    fn json(self, json: Json) -> Leftover {
        self.0.json(json).map_or_else(Leftover::Whole, |()| Leftover::None)
    }
}

impl<'de> DeserializeSeed<'de> for Field<'_> {
    type Value = Leftover;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Leftover, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Field<'_> {
    type Value = Leftover;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.shape().expected())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Leftover, E> {
        self.scalar(Scalar::Bool(value), || value.into(), Unexpected::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Leftover, E> {
        self.scalar(Scalar::Unsigned(value), || value.into(), Unexpected::Unsigned(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Leftover, E> {
        self.scalar(Scalar::Signed(value), || value.into(), Unexpected::Signed(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Leftover, E> {
        self.scalar(Scalar::Float(value), || value.into(), Unexpected::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Leftover, E> {
        self.scalar(Scalar::Text(value), || value.into(), Unexpected::Str(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Leftover, E> {
        Ok(match self.0.shape() {
            _ if self.0.null() => Leftover::Null,
            Shape::Any => self.json(Json::Null),
            _ => Leftover::Whole(Json::Null),
        })
    }

    fn visit_none<E: Error>(self) -> Result<Leftover, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Leftover, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Leftover, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Leftover, A::Error> {
        match self.0.shape() {
            Shape::List => {}
            Shape::Any => return Ok(self.json(Json::deserialize(SeqAccessDeserializer::new(list))?)),
            Shape::Scalar(_) | Shape::Object => return Err(A::Error::invalid_type(Unexpected::Seq, &self)),
        }
        let mut items = ListReader { list, index: 0, leftover: Vec::new(), error: None };
        match self.0.list(&mut items) {
            Ok(()) => Ok(Leftover::parts(items.leftover)),
            Err(Failed) => Err(items.error.unwrap_or_else(unread)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Leftover, A::Error> {
        match self.0.shape() {
            Shape::Object => {}
            Shape::Any => return Ok(self.json(Json::deserialize(MapAccessDeserializer::new(map))?)),
            // With its feature `arbitrary_precision`, `serde_json` passes on a number as a map with this key.
            Shape::Scalar(_) if map.next_key::<String>()?.as_deref() == Some("$serde_json::private::Number") => {
                return self.precise_number(&map.next_value::<String>()?);
            }
            Shape::Scalar(_) | Shape::List => return Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
        let mut entries = MapReader { map, leftover: Vec::new(), error: None };
        match self.0.object(&mut entries) {
            Ok(()) => Ok(Leftover::parts(entries.leftover)),
            Err(Failed) => Err(entries.error.unwrap_or_else(unread)),
        }
    }
}

impl Field<'_> {
    fn precise_number<E: Error>(self, text: &str) -> Result<Leftover, E> {
        if let Ok(number) = text.parse() {
            return self.visit_u64(number);
        }
        if let Ok(number) = text.parse() {
            return self.visit_i64(number);
        }
        match text.parse() {
            Ok(number) => self.visit_f64(number),
            Err(_) => Ok(Leftover::Whole(text.into())),
        }
    }
}

fn unread<E: Error>() -> E {
    E::custom("the value cannot be read")
}

struct ListReader<A, E> {
    list: A,
    index: usize,
    leftover: Vec<(String, Json)>,
    error: Option<E>,
}

impl<'de, A: SeqAccess<'de>> Items for ListReader<A, A::Error> {
    fn next(&mut self, item: &mut dyn Slot) -> Result<bool, Failed> {
        match self.list.next_element_seed(Field(item)) {
            Ok(None) => return Ok(false),
            Ok(Some(Leftover::None)) => {}
            Ok(Some(leftover)) => {
                leftover.under(&self.index.to_string(), |at, json| self.leftover.push((at, json)));
            }
            Err(error) => {
                self.error = Some(error);
                return Err(Failed);
            }
        }
        self.index += 1;
        Ok(true)
    }
}

struct MapReader<A, E> {
    map: A,
    leftover: Vec<(String, Json)>,
    error: Option<E>,
}

impl<'de, A: MapAccess<'de>> MapReader<A, A::Error> {
    fn entry(&mut self, value: &mut dyn Slot) -> Result<Option<String>, A::Error> {
        let Some(key) = self.map.next_key::<String>()? else { return Ok(None) };
        let leftover = self.map.next_value_seed(Field(value))?;
        leftover.under(&key, |at, json| self.leftover.push((at, json)));
        Ok(Some(key))
    }
}

impl<'de, A: MapAccess<'de>> Objects for MapReader<A, A::Error> {
    fn next(&mut self, value: &mut dyn Slot) -> Result<Option<String>, Failed> {
        self.entry(value).map_err(|error| {
            self.error = Some(error);
            Failed
        })
    }

    fn fields(&mut self, fields: Fields<'_, '_>) -> Result<(), Failed> {
        StructReader::read(&mut self.map, fields).map_err(|error| {
            self.error = Some(error);
            Failed
        })
    }
}

/// Reads an object into the fields of a struct.
struct StructReader<'a, 's, A, E> {
    map: &'a mut A,
    fields: Fields<'a, 's>,
    /// Which fields the object has, if some are required.
    seen: Vec<bool>,
    /// The index after the last field, if unknown names are kept.
    next: usize,
    error: Option<E>,
}

impl<'a, 'de, A: MapAccess<'de>> StructReader<'a, '_, A, A::Error> {
    fn read(map: &'a mut A, fields: Fields<'a, '_>) -> Result<(), A::Error> {
        let Fields { names, required, slots, unexpected } = fields;
        let seen = vec![false; if required.is_some() { names.len() } else { 0 }];
        let (slots, further) = slots.split_at_mut(names.len());
        let fields = Fields { names, required, slots, unexpected };
        let mut reader = StructReader { map, fields, seen, next: 0, error: None };
        match further.first_mut() {
            None => reader.declared()?,
            Some(further) => {
                further.object(&mut reader).map_err(|Failed| reader.error.take().unwrap_or_else(unread))?;
            }
        }
        for &name in required.unwrap_or_default() {
            if names.iter().zip(&reader.seen).any(|(&of, &seen)| of == name && !seen) {
                return Err(A::Error::missing_field(name));
            }
        }
        Ok(())
    }

    /// Reads all fields, and skips the names that are not declared.
    fn declared(&mut self) -> Result<(), A::Error> {
        let names = self.fields.names;
        let mut next = 0;
        while let Some(found) = self.map.next_key_seed(Name { names, next })? {
            let Some(index) = found else {
                self.map.next_value::<IgnoredAny>()?;
                continue;
            };
            next = index + 1;
            self.field(index)?;
        }
        Ok(())
    }

    /// Reads fields until a name is not declared, and the value of this name. `None` at the end of the object.
    fn further(&mut self, value: &mut dyn Slot) -> Result<Option<String>, A::Error> {
        let names = self.fields.names;
        loop {
            let mut unknown = String::new();
            let name = NewName { name: Name { names, next: self.next }, unknown: &mut unknown };
            let Some(found) = self.map.next_key_seed(name)? else { return Ok(None) };
            let Some(index) = found else {
                let leftover = self.map.next_value_seed(Field(value))?;
                leftover.under(&unknown, |at, json| self.fields.unexpected.insert(at, json));
                return Ok(Some(unknown));
            };
            self.next = index + 1;
            self.field(index)?;
        }
    }

    fn field(&mut self, index: usize) -> Result<(), A::Error> {
        let Fields { names, required, slots, unexpected } = &mut self.fields;
        let Some(slot) = slots.get_mut(index) else { return Ok(()) };
        let leftover = self.map.next_value_seed(Field(*slot))?;
        if let Some(seen) = self.seen.get_mut(index) {
            *seen = true;
        }
        match leftover {
            Leftover::None => {}
            // Absent and null may differ for the API. Of a response, nobody asks which of them a field was.
            Leftover::Null if required.is_some() && slot.node().is_absent() => {
                unexpected.insert(format!("/{}", escape(names[index])), Json::Null);
            }
            leftover => leftover.under(names[index], |at, json| unexpected.insert(at, json)),
        }
        Ok(())
    }
}

/// The entries that no field of the struct has.
impl<'de, A: MapAccess<'de>> Objects for StructReader<'_, '_, A, A::Error> {
    fn next(&mut self, value: &mut dyn Slot) -> Result<Option<String>, Failed> {
        self.further(value).map_err(|error| {
            self.error = Some(error);
            Failed
        })
    }

    fn fields(&mut self, _: Fields<'_, '_>) -> Result<(), Failed> {
        self.error = Some(A::Error::custom("the further fields of a struct are a map"));
        Err(Failed)
    }
}

/// Finds the index of a wire name. The search starts after the last name, because servers keep the order of the document.
struct Name {
    names: &'static [&'static str],
    next: usize,
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<usize>, E> {
        let (before, after) = self.names.split_at(self.next.min(self.names.len()));
        let after = after.iter().position(|&of| of == name).map(|index| index + before.len());
        Ok(after.or_else(|| before.iter().position(|&of| of == name)))
    }
}

/// Finds the index of a wire name, and keeps a name that is not found.
struct NewName<'a> {
    name: Name,
    unknown: &'a mut String,
}

impl<'de> DeserializeSeed<'de> for NewName<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for NewName<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.expecting(f)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<usize>, E> {
        let found = self.name.visit_str(name)?;
        if found.is_none() {
            name.clone_into(self.unknown);
        }
        Ok(found)
    }
}
