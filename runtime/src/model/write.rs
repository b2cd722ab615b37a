//! Writing a struct with any serializer.

use super::{
    Json, node,
    unexpected::unescape,
    value::{Map, Model, Node, Slot},
};
use serde::{
    Serialize, Serializer,
    ser::{Error, SerializeMap, SerializeSeq},
};
use std::collections::BTreeMap;

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
            let (names, slots) = (model.names(), model.slots());
            if model.unexpected().is_empty() {
                for (&name, slot) in names.iter().zip(&slots) {
                    let value = slot.node();
                    if !value.is_absent() {
                        out.serialize_entry(name, &value)?;
                    }
                }
            } else {
                write_with_unexpected(*model, &slots, &mut out)?;
            }
            if let Some(&slot) = slots.get(names.len()) {
                write_further(*model, slot, &mut out)?;
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
fn write_with_unexpected<M: SerializeMap>(model: &dyn Model, slots: &[&dyn Slot], out: &mut M) -> Result<(), M::Error> {
    for (&name, slot) in model.names().iter().zip(slots) {
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

/// The further fields of a struct, beside the declared ones.
fn write_further<M: SerializeMap>(model: &dyn Model, slot: &dyn Slot, out: &mut M) -> Result<(), M::Error> {
    let is_declared = |name: &str| model.names().contains(&name);
    let mut left: BTreeMap<String, Vec<(&str, &Json)>> = BTreeMap::new();
    for (at, part) in model.unexpected().iter() {
        let at = at.strip_prefix('/').unwrap_or(at);
        let (name, rest) = at.split_at(at.find('/').unwrap_or(at.len()));
        let name = unescape(name);
        if !is_declared(&name) {
            left.entry(name).or_default().push((rest, part));
        }
    }
    for (name, value) in node::further(slot).into_iter().flat_map(Map::entries) {
        if is_declared(name) {
            return Err(M::Error::custom(format_args!(
                "the further field `{name}` has the name of a declared field; set the declared field, and remove this one"
            )));
        }
        match left.remove(name) {
            // A value that was set since comes before the value that was read.
            None => out.serialize_entry(name, &value)?,
            Some(parts) => {
                let mut json = serde_json::to_value(&value).map_err(M::Error::custom)?;
                parts.into_iter().filter(|(at, _)| !at.is_empty()).for_each(|(at, part)| insert(&mut json, at, part));
                out.serialize_entry(name, &json)?;
            }
        }
    }
    let whole = left.iter().filter_map(|(name, parts)| Some((name, parts.iter().find(|(at, _)| at.is_empty())?.1)));
    whole.into_iter().try_for_each(|(name, json)| out.serialize_entry(name, json))
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
            fields.insert(unescape(last), part.clone());
        }
        _ => {}
    }
}
