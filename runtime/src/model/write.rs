//! Writing a struct with any serializer.

use super::{
    Json, node,
    value::{Model, Node},
};
use serde::{
    Serialize, Serializer,
    ser::{Error, SerializeMap, SerializeSeq},
};

/// Writes a value.
///
/// # Errors
///
/// The errors of the serializer, and a value that cannot be written.
pub fn write<S: Serializer>(node: &Node<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    match node {
        Node::Absent | Node::Null => serializer.serialize_none(),
        Node::Bool(value) => serializer.serialize_bool(*value),
        Node::Unsigned(value) => serializer.serialize_u64(*value),
        Node::Signed(value) => serializer.serialize_i64(*value),
        Node::Float(value) => serializer.serialize_f64(*value),
        Node::Text(value) => serializer.serialize_str(value),
        Node::Base64(value) => value.serialize(serializer),
        Node::Json(value) => value.serialize(serializer),
        Node::JsonObject(value) => value.serialize(serializer),
        Node::List(list) => {
            let mut out = serializer.serialize_seq(None)?;
            list.items().try_for_each(|item| out.serialize_element(&item))?;
            out.end()
        }
        Node::Map(map) => {
            let mut out = serializer.serialize_map(None)?;
            map.entries().try_for_each(|(name, value)| out.serialize_entry(name, &value))?;
            out.end()
        }
        Node::Model(model) => {
            let mut out = serializer.serialize_map(None)?;
            if model.unexpected().is_empty() {
                node::fields(*model).try_for_each(|(name, value)| out.serialize_entry(name, &value))?;
            } else {
                write_with_unexpected(*model, &mut out)?;
            }
            out.end()
        }
        Node::Invalid(reason) => Err(S::Error::custom(reason)),
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(self, serializer)
    }
}

/// A struct that was read with values of other types. Those are written back where they stood.
fn write_with_unexpected<M: SerializeMap>(model: &dyn Model, out: &mut M) -> Result<(), M::Error> {
    for (&name, slot) in model.names().iter().zip(model.slots()) {
        let (pointer, value) = (super::unexpected::escape(name), slot.node());
        let mut parts = model.unexpected().under(&pointer).peekable();
        match parts.peek() {
            None if value.is_absent() => {}
            Some(&("", json)) if value.is_absent() || slot.is_required() => out.serialize_entry(name, json)?,
            None | Some(&("", _)) => out.serialize_entry(name, &value)?,
            Some(_) => {
                let mut json = serde_json::to_value(&value).map_err(M::Error::custom)?;
                parts.for_each(|(at, part)| insert(&mut json, at, part));
                out.serialize_entry(name, &json)?;
            }
        }
    }
    Ok(())
}

/// Puts a part back at its pointer. The items of a list come in their order.
fn insert(json: &mut Json, pointer: &str, part: &Json) {
    let Some((parent, last)) = pointer.rsplit_once('/') else { return };
    match json.pointer_mut(parent) {
        Some(Json::Array(items)) => {
            let index = last.parse().unwrap_or(items.len()).min(items.len());
            items.insert(index, part.clone());
        }
        Some(Json::Object(fields)) => {
            fields.insert(last.replace("~1", "/").replace("~0", "~"), part.clone());
        }
        _ => {}
    }
}
