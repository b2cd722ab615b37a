//! Reading a request back into its operation.

use super::{
    sent::Received,
    url_text::{decode, encoded_placeholder},
};
use crate::{
    format::FieldValues,
    operation::{Location, Parameter, Style},
};
use http::{HeaderValue, header::COOKIE};
use serde::{
    de::{
        DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor,
        value::{Error, StrDeserializer},
    },
    forward_to_deserialize_any,
};
use std::{borrow::Cow, slice};

/// The operation of a request.
///
/// # Errors
///
/// A field cannot be read back. The message names it.
pub(super) fn operation<O: DeserializeOwned>(received: &Received) -> Result<O, Error> {
    let metadata = received.metadata;
    if metadata.has_shared() {
        return Err(Error::custom("a field with `#[parameters]` cannot be read back: read its headers and its query"));
    }
    if !metadata.parts().is_empty() {
        return Err(Error::custom("a body with parts cannot be read back: use `body`"));
    }
    let parameters = metadata.parameters().iter().map(|parameter| {
        let values = Values::of(parameter, received)?;
        Ok(Field { name: parameter.field(), wire_name: parameter.name(), source: Source::Values(values) })
    });
    let mut fields = parameters.collect::<Result<Vec<_>, Error>>()?;
    if let Some(body) = metadata.body() {
        let is_json = body.content_type().contains("json");
        let source = if is_json { Source::Json(received.request.body()) } else { Source::OtherBody };
        fields.push(Field { name: body.field(), wire_name: "", source });
    }
    O::deserialize(Fields { fields: &fields })
}

/// A field of the operation, with what was sent for it.
struct Field<'a> {
    name: &'static str,
    wire_name: &'a str,
    source: Source<'a>,
}

enum Source<'a> {
    Values(Values<'a>),
    Json(&'a [u8]),
    OtherBody,
}

/// The values of a parameter, decoded. Empty if it was not sent.
struct Values<'a> {
    values: Vec<Cow<'a, str>>,
    /// Whether a comma separates items.
    splits: bool,
}

impl<'a> Values<'a> {
    fn of(parameter: &'a Parameter, received: &'a Received) -> Result<Self, Error> {
        let (name, headers) = (parameter.name(), received.request.headers());
        let text = |value: &'a HeaderValue| String::from_utf8_lossy(value.as_bytes());
        let values = match parameter.location() {
            Location::Path => {
                let path = received.request.uri().path();
                encoded_placeholder(received.metadata.path(), path, name).into_iter().flat_map(items).collect()
            }
            Location::Query => query(parameter, received)?,
            Location::Header => headers.get_all(name).iter().map(text).collect(),
            Location::Cookie => {
                let cookies = headers.get(COOKIE).and_then(|cookies| cookies.to_str().ok()).unwrap_or_default();
                let pairs = cookies.split("; ").filter_map(|pair| pair.split_once('='));
                pairs.filter(|(present, _)| *present == name).map(|(_, value)| Cow::Borrowed(value)).collect()
            }
        };
        Ok(Self { values, splits: parameter.location() == Location::Header })
    }
}

/// The values of a query parameter.
fn query<'a>(parameter: &Parameter, received: &'a Received) -> Result<Vec<Cow<'a, str>>, Error> {
    if matches!(parameter.style(), Style::DeepObject | Style::Flatten) {
        let field = parameter.field();
        return Err(Error::custom(format_args!("`{field}` is an object in the query: use `queries`")));
    }
    let pairs = received.request.uri().query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
    let values = pairs.filter(|(present, _)| decode(present) == parameter.name()).map(|(_, value)| value);
    Ok(match parameter.style() {
        _ if parameter.explode() => values.map(decode).collect(),
        Style::SpaceDelimited => values.flat_map(|value| value.split("%20")).map(decode).collect(),
        Style::PipeDelimited => values.flat_map(|value| value.split("%7C")).map(decode).collect(),
        _ => values.flat_map(items).collect(),
    })
}

/// The items of a list. A comma in a value is encoded, so that a value without a list is one item.
fn items(encoded: &str) -> impl Iterator<Item = Cow<'_, str>> {
    encoded.split(',').map(decode)
}

#[derive(Clone, Copy)]
struct Fields<'a> {
    fields: &'a [Field<'a>],
}

impl<'de> Deserializer<'de> for Fields<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Entries { fields: self.fields.iter(), current: None, names: &[] })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_map(Entries { fields: self.fields.iter(), current: None, names })
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit newtype_struct seq
        tuple tuple_struct map enum identifier ignored_any
    }
}

struct Entries<'a> {
    fields: slice::Iter<'a, Field<'a>>,
    current: Option<&'a Field<'a>>,
    /// The names that serde has for the fields.
    names: &'static [&'static str],
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.current = self.fields.next();
        let Some(Field { name, wire_name, .. }) = self.current else { return Ok(None) };
        // A field that serde renames has, in most cases, its wire name.
        let is_renamed = !self.names.contains(name) && self.names.contains(wire_name);
        seed.deserialize(StrDeserializer::new(if is_renamed { wire_name } else { name })).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let Some(Field { name: field, source, .. }) = self.current.take() else {
            return Err(Error::custom("a value without its field"));
        };
        match source {
            Source::Values(Values { values, splits }) => seed
                .deserialize(FieldValues::new(values, *splits))
                .map_err(|error| Error::custom(format_args!("`{field}` {}", error.reason()))),
            // An optional body that was not sent.
            Source::Json([]) => seed
                .deserialize(FieldValues::new(&[], false))
                .map_err(|_| Error::custom(format_args!("`{field}` is missing"))),
            Source::Json(body) => seed
                .deserialize(&mut serde_json::Deserializer::from_reader(*body))
                .map_err(|error| Error::custom(format_args!("`{field}`: {error}"))),
            Source::OtherBody => Err(Error::custom(format_args!("`{field}` is not JSON: use `body` or `form`"))),
        }
    }
}
